package dev.holdfast.capacity;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.holdfast.server.ServerDefinition;

/**
 * What an idle connection costs. The numbers were measured with 15,000 real connections;
 * docs/performance.md says how. Immutable.
 *
 * @param heapBytes bytes of the Java heap
 * @param kernelBytes bytes of the kernel
 */
public record ConnectionCost(long heapBytes, long kernelBytes) {

	static final ConnectionCost TCP = new ConnectionCost(1416, 4100);

	static final ConnectionCost WEBSOCKET = new ConnectionCost(1500, 4100);

	static final ConnectionCost TLS = new ConnectionCost(15_000, 0);

	static Map<String, ConnectionCost> all() {
		Map<String, ConnectionCost> costs = new LinkedHashMap<>();
		costs.put("tcp", TCP);
		costs.put("websocket", WEBSOCKET);
		costs.put("tls", TLS);
		return costs;
	}

	static ConnectionCost of(ServerDefinition definition) {
		ConnectionCost cost = "websocket".equals(definition.protocol().transport()) ? WEBSOCKET : TCP;
		return (definition.entrance().tls() != null) ? cost.plus(TLS) : cost;
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
