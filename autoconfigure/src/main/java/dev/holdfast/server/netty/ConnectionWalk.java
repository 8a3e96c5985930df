package dev.holdfast.server.netty;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Walks the slots of one event loop after the other, from any thread. What is skipped is
 * not touched, unless its server has to be known. Confined to the thread that walks.
 */
final class ConnectionWalk extends AbstractSpliterator<NettyConnection> {

	static final int CHARACTERISTICS = Spliterator.DISTINCT | Spliterator.NONNULL;

	private static final @Nullable NettyConnection[] NONE = new NettyConnection[0];

	private final Iterator<ConnectionLoop> loops;

	private final @Nullable String server;

	private @Nullable NettyConnection[] slots = NONE;

	private int slot;

	/**
	 * Create a new {@link ConnectionWalk}.
	 * @param loops where the connections are
	 * @param server the name of the server whose connections are meant, {@code null} for
	 * any
	 */
	ConnectionWalk(List<ConnectionLoop> loops, @Nullable String server) {
		super(Long.MAX_VALUE, CHARACTERISTICS);
		this.loops = loops.iterator();
		this.server = server;
	}

	/**
	 * Go on behind the next connections.
	 * @param connections how many to pass by
	 * @return this walk
	 */
	ConnectionWalk skip(long connections) {
		long left = connections;
		while (left > 0 && next() != null) {
			left--;
		}
		return this;
	}

	@Override
	public boolean tryAdvance(Consumer<? super NettyConnection> action) {
		NettyConnection connection = next();
		if (connection != null) {
			action.accept(connection);
		}
		return connection != null;
	}

	private @Nullable NettyConnection next() {
		NettyConnection connection = nextOfLoop();
		while (connection == null && this.loops.hasNext()) {
			this.slots = this.loops.next().slots();
			this.slot = 0;
			connection = nextOfLoop();
		}
		return connection;
	}

	private @Nullable NettyConnection nextOfLoop() {
		@Nullable NettyConnection[] slots = this.slots;
		while (this.slot < slots.length) {
			NettyConnection connection = ConnectionLoop.at(slots, this.slot++);
			if (connection != null && (this.server == null || this.server.equals(connection.home.name))) {
				return connection;
			}
		}
		return null;
	}

}
