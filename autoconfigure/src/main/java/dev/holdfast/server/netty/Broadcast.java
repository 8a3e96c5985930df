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

	private final Map<ServerLoop, List<NettyConnection>> batches = new HashMap<>();

	private long taken;

	Broadcast(Object message) {
		this.message = message;
	}

	void add(NettyConnection connection) {
		if (!connection.isOpen()) {
			return;
		}
		ByteBuf frame = frame(connection);
		if (connection.reserve(cost(frame))) {
			this.batches.computeIfAbsent(connection.home, (home) -> new ArrayList<>()).add(connection);
			this.taken++;
		}
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
		this.batches.forEach((home, connections) -> {
			ByteBuf frame = this.frames.get(home.server);
			if (frame != null) {
				hand(home.loop, new Delivery(frame.retain(), connections));
			}
		});
		this.batches.clear();
		return this.taken;
	}

	/**
	 * Let go of the message, and of what was charged for it if it was not sent.
	 */
	void release() {
		this.batches.forEach((home, connections) -> giveBack(this.frames.get(home.server), connections));
		this.frames.values().forEach(ByteBuf::release);
	}

	private void hand(ConnectionLoop loop, Delivery delivery) {
		if (loop.eventLoop.inEventLoop()) {
			while (!delivery.run()) {
				continue;
			}
		}
		else if (!loop.inbox.add(delivery)) {
			this.taken -= delivery.connections.size();
		}
	}

	private static void giveBack(@Nullable ByteBuf frame, List<NettyConnection> connections) {
		if (frame != null) {
			connections.forEach((connection) -> connection.unreserve(cost(frame)));
		}
	}

	private static int cost(ByteBuf frame) {
		return frame.readableBytes() + OVERHEAD;
	}

	/**
	 * A message for the connections of one server on one event loop. Confined to the
	 * event loop.
	 */
	private static final class Delivery extends LoopTask {

		private final ByteBuf frame;

		private final List<NettyConnection> connections;

		private int written;

		Delivery(ByteBuf frame, List<NettyConnection> connections) {
			this.frame = frame;
			this.connections = connections;
		}

		@Override
		int work() {
			return Math.min(PORTION, this.connections.size() - this.written);
		}

		@Override
		boolean run() {
			int cost = cost(this.frame);
			int end = this.written + work();
			while (this.written < end) {
				this.connections.get(this.written++).writeShared(this.frame, cost);
			}
			boolean done = end == this.connections.size();
			if (done) {
				this.frame.release();
			}
			return done;
		}

		@Override
		void discard() {
			giveBack(this.frame, this.connections);
			this.frame.release();
		}

	}

}
