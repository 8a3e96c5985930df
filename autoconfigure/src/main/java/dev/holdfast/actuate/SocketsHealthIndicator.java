package dev.holdfast.actuate;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.server.ServerState;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * {@link AbstractHealthIndicator} for socket servers: down when one of them cannot accept
 * connections though it should, out of service while one is paused, draining or stopped,
 * and as soon as the application ends. Being cut off from the cluster is a detail and no
 * reason to be down, because the connections of this node are served on. Thread-safe.
 */
public final class SocketsHealthIndicator extends AbstractHealthIndicator {

	private final SocketServers servers;

	private final @Nullable ClusterNode cluster;

	private final BooleanSupplier shuttingDown;

	/**
	 * Create a new {@link SocketsHealthIndicator} without a cluster.
	 * @param servers the servers
	 */
	public SocketsHealthIndicator(SocketServers servers) {
		this(servers, null);
	}

	/**
	 * Create a new {@link SocketsHealthIndicator}.
	 * @param servers the servers
	 * @param cluster this node of the cluster, {@code null} without one
	 */
	public SocketsHealthIndicator(SocketServers servers, @Nullable ClusterNode cluster) {
		this(servers, cluster, () -> false);
	}

	/**
	 * Create a new {@link SocketsHealthIndicator}.
	 * @param servers the servers
	 * @param cluster this node of the cluster, {@code null} without one
	 * @param shuttingDown whether the application ends, although servers may still accept
	 * connections
	 */
	public SocketsHealthIndicator(SocketServers servers, @Nullable ClusterNode cluster, BooleanSupplier shuttingDown) {
		super("Socket servers could not be checked");
		this.servers = servers;
		this.cluster = cluster;
		this.shuttingDown = shuttingDown;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		if (this.cluster != null) {
			builder.withDetail("cluster", this.cluster.isConnected() ? "CONNECTED" : "DISCONNECTED");
		}
		Status worst = this.shuttingDown.getAsBoolean() ? Status.OUT_OF_SERVICE : Status.UP;
		for (SocketServer server : this.servers) {
			Status status = status(server);
			builder.withDetail(server.name(), (status == Status.DOWN) ? "FAILED" : server.state().name());
			worst = (worst == Status.DOWN || status == Status.UP) ? worst : status;
		}
		builder.status(worst);
	}

	private static Status status(SocketServer server) {
		if (server.state() != ServerState.RUNNING) {
			return Status.OUT_OF_SERVICE;
		}
		return server.isAccepting() ? Status.UP : Status.DOWN;
	}

}
