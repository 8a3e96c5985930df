package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to many connections: encoded once per server, handed to each
 * event loop as one task. Used by one thread, once.
 */
final class Broadcast {

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
		if (connection.reserve(frame.readableBytes())) {
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
				hand(home.loop.eventLoop, frame.retain(), connections);
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

	private void hand(EventLoop eventLoop, ByteBuf frame, List<NettyConnection> connections) {
		if (eventLoop.inEventLoop()) {
			write(frame, connections);
			return;
		}
		try {
			eventLoop.execute(() -> write(frame, connections));
		}
		catch (RejectedExecutionException ex) {
			this.taken -= connections.size();
			giveBack(frame, connections);
			frame.release();
		}
	}

	private static void giveBack(@Nullable ByteBuf frame, List<NettyConnection> connections) {
		if (frame != null) {
			connections.forEach((connection) -> connection.unreserve(frame.readableBytes()));
		}
	}

	private static void write(ByteBuf frame, List<NettyConnection> connections) {
		try {
			for (NettyConnection connection : connections) {
				connection.writeShared(frame);
			}
		}
		finally {
			frame.release();
		}
	}

}
