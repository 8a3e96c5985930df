package dev.holdfast.server.netty;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The connections of all event loops of a node. Thread-safe.
 */
final class ConnectionLoops {

	private final String node;

	private final Map<EventLoop, ConnectionLoop> byEventLoop = new ConcurrentHashMap<>();

	private final List<ConnectionLoop> loops = new CopyOnWriteArrayList<>();

	ConnectionLoops(String node) {
		this.node = node;
	}

	String node() {
		return this.node;
	}

	ConnectionLoop of(EventLoop eventLoop) {
		ConnectionLoop loop = this.byEventLoop.get(eventLoop);
		return (loop != null) ? loop : add(eventLoop);
	}

	private synchronized ConnectionLoop add(EventLoop eventLoop) {
		return this.byEventLoop.computeIfAbsent(eventLoop, (key) -> {
			ConnectionLoop loop = new ConnectionLoop(key, this.loops.size(), this.node);
			this.loops.add(loop);
			return loop;
		});
	}

	List<ConnectionLoop> all() {
		return this.loops;
	}

	/**
	 * Return connections, looked up as the stream is consumed.
	 * @param server the name of their server, {@code null} for any
	 * @param offset how many to pass by first
	 * @return the connections
	 */
	Stream<NettyConnection> stream(@Nullable String server, long offset) {
		return StreamSupport.stream(() -> new ConnectionWalk(this.loops, server).skip(offset),
				ConnectionWalk.CHARACTERISTICS, false);
	}

	@Nullable NettyConnection find(String id) {
		int generation = id.lastIndexOf('-');
		int slot = id.lastIndexOf('-', generation - 1);
		int loop = id.lastIndexOf('-', slot - 1);
		if (loop < 0 || slot < 0 || !id.substring(0, loop).equals(this.node)) {
			return null;
		}
		int index = number(id, loop + 1, slot);
		return (index >= 0 && index < this.loops.size())
				? this.loops.get(index).find(number(id, slot + 1, generation), number(id, generation + 1, id.length()))
				: null;
	}

	private static int number(String id, int begin, int end) {
		try {
			return Integer.parseInt(id, begin, end, 10);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

}
