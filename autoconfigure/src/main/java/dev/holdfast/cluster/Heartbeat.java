package dev.holdfast.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.Connections;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * Reports what this node counts and notes what the others report. Thread-safe, but for
 * {@link #check()}, which one thread calls.
 */
final class Heartbeat {

	private static final Log logger = LogFactory.getLog(Heartbeat.class);

	private final ClusterSettings settings;

	private final Members members;

	private final Connections connections;

	private final Supplier<SocketServers> servers;

	private final Outbox outbox;

	private final ClusterExecutor executor;

	private Set<String> lastMissing = Set.of();

	Heartbeat(ClusterSettings settings, Members members, Connections connections, Supplier<SocketServers> servers,
			Outbox outbox, ClusterExecutor executor) {
		this.settings = settings;
		this.members = members;
		this.connections = connections;
		this.servers = servers;
		this.outbox = outbox;
		this.executor = executor;
	}

	NodeReport report() {
		Map<String, Long> servers = new LinkedHashMap<>();
		double qps = 0;
		for (SocketServer server : this.servers.get()) {
			servers.put(server.name(), this.connections.server(server.name()).count());
			qps += server.statistics().qps().last1s();
		}
		return new NodeReport(this.connections.count(), qps, servers);
	}

	void publish() {
		this.outbox.addUrgent(this.settings.allChannel(), Wire.frame(FrameType.REPORT, report()::write));
	}

	/**
	 * Take the report of another node. One that is new is told about this node soon.
	 * @param origin the node
	 * @param report the report
	 */
	void received(PacketHeader origin, NodeReport report) {
		if (this.members.reported(origin, report)) {
			logger.info("Node '%s' is in the cluster".formatted(origin.node()));
			long most = this.settings.heartbeat().toMillis() / 4;
			this.executor.schedule(this::publish, ThreadLocalRandom.current().nextLong(most + 1));
		}
	}

	void left(PacketHeader origin) {
		this.members.left(origin);
		logger.info("Node '%s' left the cluster".formatted(origin.node()));
	}

	/**
	 * Log which nodes no longer report, and forget those that have not for long.
	 */
	void check() {
		Set<String> missing = this.members.missing();
		missing.stream()
			.filter((node) -> !this.lastMissing.contains(node))
			.forEach((node) -> logger.warn("Node '%s' no longer reports and is not counted".formatted(node)));
		this.lastMissing = missing;
		this.members.forget().forEach((node) -> logger.info("Node '%s' is forgotten".formatted(node)));
	}

}
