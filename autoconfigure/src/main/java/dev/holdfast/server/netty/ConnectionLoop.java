package dev.holdfast.server.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.Frame;
import dev.holdfast.handler.MessageContext;

/**
 * The connections of one event loop, in a table of slots. A connection is found by its
 * slot and generation, so an id leads to it without a map. Slots that are free are kept
 * with their last generation. Confined to the connection's event loop, but for
 * {@link #find} and {@link #slots}, which any thread may call.
 */
final class ConnectionLoop {

	private static final Log logger = LogFactory.getLog(ConnectionLoop.class);

	private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(NettyConnection[].class);

	private static final VarHandle BUSY_SINCE = busySinceHandle();

	private static final int INITIAL_SLOTS = 64;

	private static final int FRAMES_PER_LOOK = 8;

	private static final long TURN_NANOS = 1_000_000;

	final EventLoop eventLoop;

	final int index;

	final String node;

	final LoopInbox inbox;

	final PendingEnds ends;

	final MessageContext context = new MessageContext();

	final Frame frame = new Frame();

	private volatile @Nullable NettyConnection[] slots = new NettyConnection[INITIAL_SLOTS];

	private final ConnectionSweep sweep;

	private long[] free = new long[INITIAL_SLOTS];

	private int freeCount;

	private int used;

	private final PendingFlushes flushes;

	private @Nullable InboundConnection reader;

	private long decodedAt;

	private int frames;

	private boolean dispatching;

	private ByteBuf payload = Unpooled.EMPTY_BUFFER;

	private int payloadReferences;

	private boolean begun;

	private long entered;

	private boolean enteredByDispatch;

	private volatile long busySince;

	private String busyServer = "";

	private int tick = LoopClock.tick();

	private volatile @Nullable Thread thread;

	ConnectionLoop(EventLoop eventLoop, int index, String node) {
		this.eventLoop = eventLoop;
		this.index = index;
		this.node = node;
		this.inbox = new LoopInbox(eventLoop, this::flush);
		this.flushes = new PendingFlushes(eventLoop, this::flush);
		this.ends = new PendingEnds(eventLoop, NettyConnection::inputEnded);
		eventLoop.execute(() -> this.thread = Thread.currentThread());
		this.sweep = new ConnectionSweep(eventLoop, INITIAL_SLOTS, this::sweep);
		this.sweep.start();
	}

	/**
	 * Tell that handlers may hold this loop from now on.
	 * @param nanoTime the time
	 * @param server the name of their server
	 */
	void enter(long nanoTime, String server) {
		this.entered = nanoTime;
		this.busyServer = server;
		this.tick = LoopClock.tick(nanoTime);
		BUSY_SINCE.setRelease(this, nanoTime);
	}

	void exit() {
		this.entered = 0;
		BUSY_SINCE.setOpaque(this, 0L);
	}

	/**
	 * Begin to handle what was received from a connection, in place of any other.
	 * @param connection the connection
	 */
	void beginBatch(InboundConnection connection) {
		if (this.reader != null) {
			this.reader.endBatch();
		}
		this.reader = connection;
		this.frames = 0;
		this.decodedAt = System.nanoTime();
		enter(this.decodedAt, connection.home.name);
	}

	/**
	 * End what {@link #beginBatch} began.
	 */
	void endBatch() {
		this.reader = null;
		this.decodedAt = 0;
		exit();
	}

	/**
	 * Count a frame of the current batch.
	 * @return whether the batch has taken so long that others should have their turn
	 */
	boolean isTurnOver() {
		this.frames++;
		return this.frames % FRAMES_PER_LOOK == 0 && System.nanoTime() - this.decodedAt > TURN_NANOS;
	}

	/**
	 * Whether what was received from a connection is being handled.
	 * @param connection the connection
	 * @return whether its batch has begun and not ended
	 */
	boolean isReading(WritingConnection connection) {
		return this.reader == connection;
	}

	/**
	 * Return when what is being handled was decoded.
	 * @return the time, as {@link System#nanoTime()} has it, or 0
	 */
	long decodedAt() {
		return this.decodedAt;
	}

	/**
	 * Set when what is handled from now on was decoded.
	 * @param nanoTime the time
	 */
	void decodedAt(long nanoTime) {
		this.decodedAt = nanoTime;
	}

	/**
	 * Return since when handlers hold this loop.
	 * @return the time, as {@link System#nanoTime()} has it, or 0
	 */
	long busySince() {
		return this.busySince;
	}

	/**
	 * Return whose handlers hold this loop, or held it last.
	 * @return the name of the server
	 */
	String busyServer() {
		return this.busyServer;
	}

	/**
	 * Return how late the last sweep was, or how late the next one is already.
	 * @return the delay in nanoseconds
	 */
	long lagNanos() {
		return this.sweep.lagNanos();
	}

	@Nullable Thread thread() {
		return this.thread;
	}

	/**
	 * Begin to handle a message.
	 * @param payload the buffer that holds its payload
	 */
	void beginDispatch(ByteBuf payload) {
		this.dispatching = true;
		this.payload = payload;
		this.payloadReferences = payload.refCnt();
		this.begun = false;
		if (this.entered == 0) {
			enter(System.nanoTime(), this.context.connection().server());
			this.enteredByDispatch = true;
		}
	}

	/**
	 * Tell that the handling of the current message will end later.
	 */
	void begun() {
		this.begun = true;
	}

	/**
	 * End the handling of a message for now.
	 */
	void endDispatch() {
		this.dispatching = false;
		this.payload = Unpooled.EMPTY_BUFFER;
		if (this.enteredByDispatch) {
			this.enteredByDispatch = false;
			exit();
		}
	}

	/**
	 * Whether the handling of the last message will end later.
	 * @return whether it was begun and goes on
	 */
	boolean hasBegun() {
		return this.begun;
	}

	/**
	 * Whether a buffer is only lent to the current handler: it shares the payload, of
	 * which no reference was taken.
	 * @param buffer the buffer
	 * @return whether it must not be released
	 */
	boolean isLent(ByteBuf buffer) {
		return this.dispatching && this.payload.refCnt() <= this.payloadReferences
				&& root(buffer) == root(this.payload);
	}

	private static ByteBuf root(ByteBuf buffer) {
		ByteBuf root = buffer;
		for (ByteBuf next = buffer; next != null; next = next.unwrap()) {
			root = next;
		}
		return root;
	}

	boolean isDispatching() {
		return this.dispatching;
	}

	int register(NettyConnection connection) {
		long free = (this.freeCount > 0) ? this.free[--this.freeCount] : nextSlot();
		int slot = (int) free;
		this.sweep.clear(slot);
		connection.slot(slot, (int) (free >>> Integer.SIZE) + 1);
		SLOT.setRelease(this.slots, slot, connection);
		return slot;
	}

	private int nextSlot() {
		if (this.used == this.slots.length) {
			this.slots = Arrays.copyOf(this.slots, grown(this.used));
		}
		return this.used++;
	}

	private static int grown(int length) {
		return length + length / 4;
	}

	void unregister(NettyConnection connection) {
		int slot = connection.slot();
		SLOT.setRelease(this.slots, slot, null);
		this.sweep.clear(slot);
		if (this.freeCount == this.free.length) {
			this.free = Arrays.copyOf(this.free, grown(this.freeCount));
		}
		this.free[this.freeCount++] = (long) connection.generation() << Integer.SIZE | slot;
	}

	/**
	 * Look at a connection no later than at a tick.
	 * @param slot the slot of the connection
	 * @param tick the tick
	 */
	void due(int slot, int tick) {
		this.sweep.due(slot, tick);
	}

	private static VarHandle busySinceHandle() {
		try {
			return MethodHandles.lookup().findVarHandle(ConnectionLoop.class, "busySince", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * Look at the deadlines that are due.
	 */
	void sweep() {
		this.sweep.run();
	}

	private void sweep(int slot, int now) {
		this.tick = now;
		NettyConnection connection = this.slots[slot];
		if (connection != null) {
			try {
				connection.sweep(now);
			}
			catch (Throwable ex) {
				logger.warn("Deadlines of connection '%s' could not be checked".formatted(connection.id()), ex);
			}
		}
	}

	/**
	 * Flush a connection once all that waits for this loop now has been done.
	 * @param connection the connection
	 */
	void flushLater(NettyConnection connection) {
		this.flushes.add(connection);
		if (!this.inbox.isRunning()) {
			this.flushes.schedule();
		}
	}

	/**
	 * Return about what time it is.
	 * @return the tick of the last batch, flush or sweep
	 */
	int tick() {
		return this.tick;
	}

	private void flush() {
		this.tick = LoopClock.tick();
		this.flushes.run();
	}

	@Nullable NettyConnection find(int slot, int generation) {
		@Nullable NettyConnection[] slots = this.slots;
		NettyConnection connection = (slot >= 0 && slot < slots.length) ? at(slots, slot) : null;
		return (connection != null && connection.is(slot, generation)) ? connection : null;
	}

	/**
	 * Return the slots as they are now, to be read by {@link #at}.
	 * @return the slots
	 */
	@Nullable NettyConnection[] slots() {
		return this.slots;
	}

	static @Nullable NettyConnection at(@Nullable NettyConnection[] slots, int slot) {
		return (NettyConnection) SLOT.getAcquire(slots, slot);
	}

}
