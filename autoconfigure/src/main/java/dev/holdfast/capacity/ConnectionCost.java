package dev.holdfast.capacity;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.TlsOptions;

/**
 * What an idle connection costs. The numbers were measured with 15,000 real connections;
 * docs/performance.md says how. Immutable.
 *
 * @param heapBytes bytes of the Java heap
 * @param kernelBytes bytes of the kernel, and of native libraries
 */
public record ConnectionCost(long heapBytes, long kernelBytes) {

	static final ConnectionCost TCP = new ConnectionCost(1376, 4100);

	static final ConnectionCost WEBSOCKET = new ConnectionCost(1480, 4100);

	static final ConnectionCost TLS = new ConnectionCost(5400, 0);

	static final ConnectionCost TLS_OPENSSL = new ConnectionCost(1600, 4000);

	static Map<String, ConnectionCost> all() {
		Map<String, ConnectionCost> costs = new LinkedHashMap<>();
		costs.put("tcp", TCP);
		costs.put("websocket", WEBSOCKET);
		costs.put("tls", TLS);
		costs.put("tls-openssl", TLS_OPENSSL);
		return costs;
	}

	static ConnectionCost of(ServerDefinition definition) {
		ConnectionCost cost = "websocket".equals(definition.protocol().transport()) ? WEBSOCKET : TCP;
		TlsOptions tls = definition.entrance().tls();
		if (tls == null) {
			return cost;
		}
		return cost.plus((tls.provider() == TlsOptions.Provider.OPENSSL) ? TLS_OPENSSL : TLS);
	}

	ConnectionCost plus(ConnectionCost other) {
		return new ConnectionCost(this.heapBytes + other.heapBytes, this.kernelBytes + other.kernelBytes);
	}

	/**
	 * Return the cost on the heap and in the kernel.
	 * @return bytes
	 */
	long bytes() {
		return this.heapBytes + this.kernelBytes;
	}

}
