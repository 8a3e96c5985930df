package dev.holdfast.actuate;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.util.Assert;

import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.EventLoops;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.ServerState;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.ServerStatistics.ByteCounts;
import dev.holdfast.server.ServerStatistics.ConnectionCounts;
import dev.holdfast.server.ServerStatistics.Latency;
import dev.holdfast.server.ServerStatistics.MessageCounts;
import dev.holdfast.server.ServerStatistics.Qps;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * {@link Endpoint @Endpoint} to show what the socket servers do and what they counted.
 * Thread-safe.
 */
@Endpoint(id = "sockets", defaultAccess = Access.READ_ONLY)
public class SocketsEndpoint {

	private final SocketServers servers;

	private final DrainSettings drainSettings;

	private final @Nullable EventLoops eventLoops;

	private final @Nullable ClusterNode cluster;

	/**
	 * Create a new {@link SocketsEndpoint} that does not show the event loops.
	 * @param servers the servers
	 * @param drainSettings how connections are ended
	 */
	public SocketsEndpoint(SocketServers servers, DrainSettings drainSettings) {
		this(servers, drainSettings, null, null);
	}

	/**
	 * Create a new {@link SocketsEndpoint}.
	 * @param servers the servers
	 * @param drainSettings how connections are ended
	 * @param eventLoops the event loops that the servers share, {@code null} to not show
	 * them
	 * @param cluster this node of the cluster, {@code null} without one
	 */
	public SocketsEndpoint(SocketServers servers, DrainSettings drainSettings, @Nullable EventLoops eventLoops,
			@Nullable ClusterNode cluster) {
		Assert.notNull(servers, "'servers' must not be null");
		Assert.notNull(drainSettings, "'drainSettings' must not be null");
		this.servers = servers;
		this.drainSettings = drainSettings;
		this.eventLoops = eventLoops;
		this.cluster = cluster;
	}

	/**
	 * Return all servers, in the order of the configuration.
	 * @return the servers and their total
	 */
	@ReadOperation
	public ServersDescriptor servers() {
		Map<String, ServerDescriptor> descriptors = new LinkedHashMap<>();
		long connections = 0;
		double qps = 0;
		for (SocketServer server : this.servers) {
			ServerStatistics statistics = server.statistics();
			descriptors.put(server.name(), ServerDescriptor.of(server, statistics));
			connections += statistics.connections().active();
			qps += statistics.qps().last1s();
		}
		return new ServersDescriptor(descriptors, new TotalDescriptor(connections, rounded(qps)),
				EventLoopsDescriptor.of(this.eventLoops), ClusterDescriptor.of(this.cluster));
	}

	/**
	 * Return one server.
	 * @param server the name of the server
	 * @return the server, or {@code null} when there is none of that name
	 */
	@ReadOperation
	public @Nullable ServerDescriptor server(@Selector String server) {
		SocketServer found = this.servers.get(server);
		return (found != null) ? ServerDescriptor.of(found, found.statistics()) : null;
	}

	/**
	 * Pause, resume or drain a server.
	 * @param server the name of the server
	 * @param action one of {@code pause}, {@code resume} and {@code drain}
	 * @return the server as it is now, or {@code null} when there is none of that name
	 * @throws InvalidEndpointRequestException if the action is unknown or not possible
	 * now
	 */
	@WriteOperation
	public @Nullable ServerDescriptor act(@Selector String server, String action) {
		SocketServer found = this.servers.get(server);
		if (found == null) {
			return null;
		}
		try {
			act(found, action);
		}
		catch (IllegalStateException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()), "The server is busy");
		}
		return ServerDescriptor.of(found, found.statistics());
	}

	private void act(SocketServer server, String action) {
		switch (action) {
			case "pause" -> server.pause();
			case "resume" -> server.resume();
			case "drain" -> server.drain(this.drainSettings);
			default -> throw new InvalidEndpointRequestException("Unknown action",
					"'action' must be 'pause', 'resume' or 'drain'");
		}
	}

	private static double rounded(double rate) {
		return Math.round(rate * 10) / 10.0;
	}

	/**
	 * Description of all servers. Immutable.
	 *
	 * @param servers the servers by name
	 * @param total the sum over the servers
	 * @param eventLoops the event loops that the servers share or {@code null}
	 * @param cluster the cluster, {@code null} without one
	 */
	public record ServersDescriptor(Map<String, ServerDescriptor> servers, TotalDescriptor total,
			@Nullable EventLoopsDescriptor eventLoops,
			@Nullable ClusterDescriptor cluster) implements OperationResponseBody {

	}

	/**
	 * Description of the sum over all servers. Immutable.
	 *
	 * @param connections connections at the moment
	 * @param qps messages whose handling ended during the last second
	 */
	public record TotalDescriptor(long connections, double qps) {

	}

	/**
	 * Description of the event loops that the servers share. Immutable.
	 *
	 * @param count the number of event loops
	 * @param lagMillis how late the busiest one was, at worst in the last ten seconds, in
	 * milliseconds to one decimal place
	 * @param blocked how often a handler held one for too long
	 */
	public record EventLoopsDescriptor(int count, double lagMillis, long blocked) {

		private static @Nullable EventLoopsDescriptor of(@Nullable EventLoops eventLoops) {
			return (eventLoops != null) ? new EventLoopsDescriptor(eventLoops.count(),
					rounded(eventLoops.lag().toNanos() / 1e6), eventLoops.blocked()) : null;
		}

	}

	/**
	 * Description of one server. Immutable.
	 *
	 * @param state what the server does at the moment
	 * @param address the address that it listens on; while it does not listen, the one
	 * that was configured
	 * @param transport the name of the transport
	 * @param framing the name of the framing
	 * @param io the mechanism by which it moves bytes
	 * @param tls whether connections are encrypted
	 * @param connections counted connections
	 * @param messages counted messages
	 * @param bytes counted bytes
	 * @param qps messages whose handling ended, per second
	 * @param latency time from decoding a message to the end of its handling
	 */
	public record ServerDescriptor(ServerState state, String address, String transport, String framing, String io,
			boolean tls, ConnectionsDescriptor connections, MessagesDescriptor messages, BytesDescriptor bytes,
			QpsDescriptor qps, LatencyDescriptor latency) implements OperationResponseBody {

		private static ServerDescriptor of(SocketServer server, ServerStatistics statistics) {
			ServerDefinition definition = server.definition();
			return new ServerDescriptor(server.state(), ServerAddress.describe(server),
					definition.protocol().transport(), definition.protocol().framingName(), server.io(), server.tls(),
					ConnectionsDescriptor.of(statistics.connections()), MessagesDescriptor.of(statistics.messages()),
					BytesDescriptor.of(statistics.bytes()), QpsDescriptor.of(statistics.qps()),
					LatencyDescriptor.of(statistics.latency()));
		}

	}

	/**
	 * Description of counted connections. Immutable.
	 *
	 * @param active connections at the moment
	 * @param peak the most connections at once
	 * @param accepted connections so far
	 * @param refused connections turned away, for whatever reason
	 * @param closed connections that ended, by each reason that happened
	 */
	public record ConnectionsDescriptor(long active, long peak, long accepted, long refused,
			Map<CloseReason, Long> closed) {

		private static ConnectionsDescriptor of(ConnectionCounts counts) {
			long refused = counts.refused().values().stream().mapToLong(Long::longValue).sum();
			Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);
			closed.putAll(counts.closed());
			closed.values().removeIf((count) -> count == 0);
			return new ConnectionsDescriptor(counts.active(), counts.peak(), counts.accepted(), refused, closed);
		}

	}

	/**
	 * Description of counted messages. Immutable.
	 *
	 * @param received messages that were decoded
	 * @param sent messages that were queued for a client
	 * @param failed messages whose handling failed
	 * @param dropped messages that were not sent or not handled because of a limit
	 * @param inFlight messages that are being handled or wait to be
	 */
	public record MessagesDescriptor(long received, long sent, long failed, long dropped, long inFlight) {

		private static MessagesDescriptor of(MessageCounts counts) {
			return new MessagesDescriptor(counts.received(), counts.sent(), counts.failed(), counts.dropped(),
					counts.inFlight());
		}

	}

	/**
	 * Description of counted bytes. Immutable.
	 *
	 * @param received bytes that were read
	 * @param sent bytes that were queued for a client
	 */
	public record BytesDescriptor(long received, long sent) {

		private static BytesDescriptor of(ByteCounts counts) {
			return new BytesDescriptor(counts.received(), counts.sent());
		}

	}

	/**
	 * Description of the messages whose handling ended, per second, to one decimal place.
	 * Immutable.
	 *
	 * @param last1s during the last second
	 * @param last10s during the last ten seconds
	 * @param last60s during the last minute
	 * @param peak in the best second so far
	 */
	public record QpsDescriptor(double last1s, double last10s, double last60s, double peak) {

		private static QpsDescriptor of(Qps qps) {
			return new QpsDescriptor(rounded(qps.last1s()), rounded(qps.last10s()), rounded(qps.last60s()),
					rounded(qps.peak()));
		}

	}

	/**
	 * Description of the time from decoding to the end of handling, over the last minute.
	 * Immutable.
	 *
	 * @param p50Micros the median in microseconds
	 * @param p99Micros the 99th percentile in microseconds
	 * @param maxMicros the longest time in microseconds
	 */
	public record LatencyDescriptor(long p50Micros, long p99Micros, long maxMicros) {

		private static LatencyDescriptor of(Latency latency) {
			return new LatencyDescriptor(latency.p50Micros(), latency.p99Micros(), latency.maxMicros());
		}

	}

}
