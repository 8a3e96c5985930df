package dev.holdfast.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.connection.ClusterCount;
import dev.holdfast.connection.Connections;
import dev.holdfast.server.ConnectionFilter;
import dev.holdfast.server.MembershipListener;
import dev.holdfast.server.SocketServers;

/**
 * This node of a cluster: it reports itself, knows the others, publishes what leaves and
 * carries out what comes. Starts before the servers and stops after them. Thread-safe.
 */
public final class ClusterNode implements SmartLifecycle {

	/**
	 * Phase in which the node joins the cluster, before servers accept connections.
	 */
	public static final int PHASE = DEFAULT_PHASE - 4096;

	private static final Log logger = LogFactory.getLog(ClusterNode.class);

	private static final int SWEEPS = 3;

	private static final int FEW_USERS = 8;

	private final ClusterSettings settings;

	private final ClusterTransport transport;

	private final Connections local;

	private final Supplier<SocketServers> servers;

	private final PayloadEncoder encoder;

	private final PacketHeader header;

	private final ClusterCounters counters = new ClusterCounters();

	private final ClusterExecutor executor = new ClusterExecutor();

	private final Members members;

	private final Outbox outbox;

	private final Inbox inbox;

	private final Requests requests;

	private final ClusterCounts counts;

	private final ClusterListing listing;

	private final Presence presence;

	private final Subscriptions subscriptions;

	private final Responder responder;

	private final Heartbeat heartbeat;

	private long sweeps;

	private volatile boolean connected;

	private volatile boolean running;

	/**
	 * Create a new {@link ClusterNode}.
	 * @param settings how the node takes part
	 * @param transport carries packets between nodes
	 * @param local the connections of this node
	 * @param servers supplies the servers of this node
	 * @param codec turns objects into payloads that travel, {@code null} if there is none
	 */
	public ClusterNode(ClusterSettings settings, ClusterTransport transport, Connections local,
			Supplier<SocketServers> servers, @Nullable PayloadCodec codec) {
		Assert.notNull(settings, "'settings' must not be null");
		Assert.notNull(transport, "'transport' must not be null");
		this.settings = settings;
		this.transport = transport;
		this.local = local;
		this.servers = servers;
		this.encoder = new PayloadEncoder(codec, settings.maxMessageSize());
		this.header = new PacketHeader(new SplittableRandom().nextLong(), settings.nodeId());
		this.members = new Members(settings, System::nanoTime);
		this.outbox = new Outbox(transport, this.header, this.counters);
		this.heartbeat = new Heartbeat(settings, this.members, local, servers, this.outbox, this.executor);
		this.inbox = new Inbox(new Delivery(local, this.counters), this.counters);
		this.requests = new Requests(this::publishTo, this.executor, settings.deadline());
		this.counts = new ClusterCounts(settings, transport, this.members, this.requests);
		this.listing = new ClusterListing(settings.nodeId(), local, this.members, this.requests);
		this.presence = new Presence(settings, transport, local, this.executor);
		this.subscriptions = new Subscriptions(settings, transport, local, this.presence, this.executor);
		this.responder = new Responder(local, this::publishTo);
	}

	@Override
	public void start() {
		Assert.state(!this.executor.isShutdown(), "A node that has left the cluster cannot join it again");
		if (this.running) {
			return;
		}
		this.running = true;
		this.inbox.start();
		this.outbox.start();
		this.transport
			.subscribe(List.of(this.settings.allChannel(), this.settings.nodeChannel(this.settings.nodeId())));
		this.transport.start(new Receiver());
		long period = this.settings.heartbeat().toNanos() / SWEEPS;
		this.executor.repeat(this::sweep, period);
	}

	@Override
	public void stop() {
		if (!this.running) {
			return;
		}
		this.running = false;
		this.executor.shutdown();
		CompletableFuture<Void> forgotten = this.presence.stop().toCompletableFuture();
		this.outbox.stop(this.settings.deadline());
		this.outbox.addUrgent(this.settings.allChannel(), Wire.frame(FrameType.GOODBYE, (out) -> {
		}))
			.thenCombine(forgotten, (published, done) -> published)
			.toCompletableFuture()
			.completeOnTimeout(null, this.settings.deadline().toNanos(), TimeUnit.NANOSECONDS)
			.exceptionally((ex) -> null)
			.join();
		this.inbox.stop();
		this.transport.stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Return what keeps this node subscribed to its users and groups.
	 * @return the listener to tell about their changes
	 */
	public MembershipListener membershipListener() {
		return this.subscriptions;
	}

	/**
	 * Return the cluster as this node sees it.
	 * @return a copy that does not reflect further changes
	 */
	public ClusterView view() {
		Map<String, NodeReport> nodes = new TreeMap<>();
		Instant asOf = Instant.now();
		for (Map.Entry<String, Members.Member> member : this.members.present().entrySet()) {
			nodes.put(member.getKey(), member.getValue().report());
			asOf = member.getValue().at().isBefore(asOf) ? member.getValue().at() : asOf;
		}
		nodes.put(this.settings.nodeId(), this.heartbeat.report());
		return new ClusterView(this.settings.nodeId(), nodes, this.members.missing(), asOf, this.connected,
				this.subscriptions.size(), this.counters.statistics());
	}

	/**
	 * Whether this node reaches the others.
	 * @return {@code false} before the first connection too
	 */
	public boolean isConnected() {
		return this.connected;
	}

	/**
	 * Return how many nodes count, this one included.
	 * @return the number of nodes
	 */
	public int nodeCount() {
		return this.members.presentCount() + 1;
	}

	/**
	 * Return how many users and groups this node is subscribed to.
	 * @return the number of subscriptions
	 */
	public int subscriptions() {
		return this.subscriptions.size();
	}

	/**
	 * Return what this node counted about its messages from and to other nodes.
	 * @return a copy that does not reflect further changes
	 */
	public ClusterStatistics statistics() {
		return this.counters.statistics();
	}

	/**
	 * Find connections of all nodes. Answers that come too late are left out.
	 * @param filter what the connections have in common
	 * @param offset how many to skip
	 * @param limit the most to return
	 * @return the page, at the latest after twice the deadline
	 */
	public CompletableFuture<ConnectionListing> list(ConnectionFilter filter, long offset, int limit) {
		return this.listing.list(filter, offset, limit);
	}

	/**
	 * Find a connection of any node.
	 * @param connectionId the id of the connection
	 * @return the connection, empty when it is closed or unknown or its node is silent
	 */
	public CompletableFuture<Optional<ConnectionInfo>> find(String connectionId) {
		return this.listing.find(connectionId);
	}

	Connections local() {
		return this.local;
	}

	/**
	 * Whether a target can only be on this node.
	 * @param target the target
	 * @return whether no other node needs to be told
	 */
	boolean isHere(Target target) {
		if (target.kind() != Target.Kind.CONNECTION) {
			return false;
		}
		String node = Target.nodeOf(target.name());
		return node == null || this.settings.nodeId().equals(node);
	}

	Payload encode(Object message) {
		return this.encoder.encode(message);
	}

	/**
	 * Tell the other nodes to do something, as soon as possible and in order.
	 * @param type what to do
	 * @param target the connections that it is done to
	 * @param body writes the rest of the frame
	 */
	void publish(FrameType type, Target target, Consumer<ByteBuf> body) {
		if (target.kind() == Target.Kind.USERS
				&& target.names().size() <= Math.max(FEW_USERS, this.members.presentCount())) {
			target.names().forEach((name) -> publishOne(type, target.named(name), body));
		}
		else {
			publishOne(type, target, body);
		}
	}

	private void publishOne(FrameType type, Target target, Consumer<ByteBuf> body) {
		this.outbox.add(channel(target), Wire.frame(type, (out) -> {
			target.seenFromOthers(this.settings.nodeId()).write(out);
			body.accept(out);
		}));
	}

	private String channel(Target target) {
		return switch (target.kind()) {
			case USER -> this.settings.userChannel(target.name());
			case GROUP -> this.settings.groupChannel(target.name());
			case CONNECTION -> this.settings.nodeChannel(String.valueOf(Target.nodeOf(target.name())));
			default -> this.settings.allChannel();
		};
	}

	CompletableFuture<ClusterCount> count(Target target, long local) {
		return isHere(target) ? CompletableFuture.completedFuture(new ClusterCount(local, Instant.now(), Set.of()))
				: this.counts.count(target, local);
	}

	private void publishTo(String node, byte[] frame) {
		this.outbox.addUrgent(this.settings.nodeChannel(node), frame);
	}

	private void sweep() {
		this.executor.run(this.subscriptions::sweep);
		this.executor.run(this.presence::flush);
		this.executor.run(this.heartbeat::check);
		if (this.connected && ++this.sweeps % SWEEPS == 0) {
			this.executor.run(this.heartbeat::publish);
			this.executor.run(this.presence::refresh);
		}
	}

	/**
	 * Takes what the transport receives. Thread-safe.
	 */
	private final class Receiver extends Incoming {

		private Receiver() {
			super(ClusterNode.this.header, ClusterNode.this.counters);
		}

		@Override
		void messages(PacketHeader origin, ByteBuf frames) {
			ClusterNode.this.inbox.add(origin, frames);
		}

		@Override
		void control(PacketHeader origin, FrameType type, ByteBuf frame) {
			switch (type) {
				case REPORT -> ClusterNode.this.heartbeat.received(origin, NodeReport.read(frame));
				case GOODBYE -> ClusterNode.this.heartbeat.left(origin);
				case REPLY -> ClusterNode.this.requests.answered(origin.node(), frame);
				default ->
					ClusterNode.this.executor.execute(() -> ClusterNode.this.responder.answer(origin.node(), frame));
			}
		}

		@Override
		public void connected() {
			ClusterNode.this.connected = true;
			logger.info("Node '%s' is connected to the cluster".formatted(ClusterNode.this.settings.nodeId()));
			ClusterNode.this.executor.execute(ClusterNode.this.heartbeat::publish);
			ClusterNode.this.executor.execute(ClusterNode.this.presence::connected);
		}

		@Override
		public void disconnected(String reason) {
			ClusterNode.this.connected = false;
			ClusterNode.this.counters.disconnects.increment();
			logger.warn("Node '%s' is cut off from the cluster and serves its own connections on: %s"
				.formatted(ClusterNode.this.settings.nodeId(), reason));
		}

	}

}
