package dev.holdfast.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.buffer.ByteBuf;

/**
 * What a node counts at the moment. Immutable.
 *
 * @param connections its open connections
 * @param qps the messages whose handling ended during the last second
 * @param servers its open connections by the name of the server
 */
public record NodeReport(long connections, double qps, Map<String, Long> servers) {

	public NodeReport {
		servers = Map.copyOf(servers);
	}

	void write(ByteBuf out) {
		out.writeLong(this.connections).writeDouble(this.qps).writeInt(this.servers.size());
		this.servers.forEach((server, connections) -> {
			Wire.writeText(out, server);
			out.writeLong(connections);
		});
	}

	static NodeReport read(ByteBuf in) {
		long connections = in.readLong();
		double qps = in.readDouble();
		Map<String, Long> servers = new LinkedHashMap<>();
		for (int i = in.readInt(); i > 0; i--) {
			servers.put(Wire.readText(in), in.readLong());
		}
		return new NodeReport(connections, qps, servers);
	}

}
