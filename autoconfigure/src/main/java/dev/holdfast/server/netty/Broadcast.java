package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to many connections: encoded once per server, handed to each
 * event loop as one task. Used by one thread, once.
 */
final class Broadcast {

	/**
	 * What a message costs one of many connections while it waits, beside its bytes.
	 */
	private static final int OVERHEAD = 8;

	private static final int PORTION = 1024;

	private final Object message;

	private final Map<NettySocketServer, ByteBuf> frames = new HashMap<>(4);

	private final Map<ServerLoop, Delivery> deliveries = new HashMap<>();

	private @Nullable Delivery last;

	private long taken;

	Broadcast(Object message) {
		this.message = message;
	}

	void add(NettyConnection connection) {
		Delivery delivery = this.last;
		if (delivery == null || delivery.home != connection.home) {
			if (!connection.isOpen()) {
				return;
			}
			delivery = delivery(connection);
			this.last = delivery;
		}
		if (connection.reserve(delivery.cost)) {
			delivery.connections.add(connection);
			this.taken++;
		}
	}

	private Delivery delivery(NettyConnection connection) {
		Delivery delivery = this.deliveries.get(connection.home);
		if (delivery == null) {
			ByteBuf frame = frame(connection);
			delivery = new Delivery(connection.home, frame.retain());
			this.deliveries.put(connection.home, delivery);
		}
		return delivery;
	}

	private ByteBuf frame(NettyConnection connection) {
		ByteBuf frame = this.frames.get(connection.home.server);
		if (frame == null) {
			frame = connection.encodeShared(this.message);
			this.frames.put(connection.home.server, frame);
		}
		return frame;
	}

	long send() {
		List<Delivery> deliveries = List.copyOf(this.deliveries.values());
		this.deliveries.clear();
		deliveries.forEach(this::hand);
		return this.taken;
	}

	/**
	 * Let go of the message, and of what was charged for it if it was not sent.
	 */
	void release() {
		this.deliveries.values().forEach(Delivery::discard);
		this.frames.values().forEach(ByteBuf::release);
	}

	private void hand(Delivery delivery) {
		ConnectionLoop loop = delivery.home.loop;
		if (delivery.connections.isEmpty()) {
			delivery.discard();
		}
		else if (loop.eventLoop.inEventLoop()) {
			while (!delivery.run()) {
				continue;
			}
		}
		else if (!loop.inbox.add(delivery)) {
			this.taken -= delivery.connections.size();
		}
	}

	/**
	 * A message for the connections of one server on one event loop. Confined to the
	 * event loop, once it was handed over.
	 */
	private static final class Delivery extends LoopTask {

		private final ServerLoop home;

		private final ByteBuf frame;

		private final int cost;

		private final List<NettyConnection> connections = new ArrayList<>();

		private int written;

		Delivery(ServerLoop home, ByteBuf frame) {
			this.home = home;
			this.frame = frame;
			this.cost = frame.readableBytes() + OVERHEAD;
		}

		@Override
		int work() {
			return Math.min(PORTION, this.connections.size() - this.written);
		}

		@Override
		boolean run() {
			int end = this.written + work();
			while (this.written < end) {
				this.connections.get(this.written++).writeShared(this.frame, this.cost);
			}
			boolean done = end == this.connections.size();
			if (done) {
				this.frame.release();
			}
			return done;
		}

		@Override
		void discard() {
			this.connections.forEach((connection) -> connection.unreserve(this.cost));
			this.frame.release();
		}

	}

}
