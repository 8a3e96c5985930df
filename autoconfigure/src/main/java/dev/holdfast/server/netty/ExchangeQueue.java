package dev.holdfast.server.netty;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * The exchanges of one connection in the order of their messages, and the messages that
 * wait for one to end. Only the first exchange writes to the connection; the replies of
 * the others are kept until it is their turn, and no more than {@code concurrency} of
 * them are there at once. Confined to the connection's event loop.
 */
final class ExchangeQueue {

	static final int PAUSED_BY_WAITING = 4;

	private final NettyConnection connection;

	private final int concurrency;

	private final int maxWaiting;

	private final Deque<PendingExchange> exchanges = new ArrayDeque<>(2);

	private final Deque<Waiting> waiting = new ArrayDeque<>(2);

	private boolean exclusive;

	private boolean draining;

	ExchangeQueue(NettyConnection connection, int concurrency, int maxWaiting) {
		this.connection = connection;
		this.concurrency = concurrency;
		this.maxWaiting = maxWaiting;
	}

	/**
	 * Begin an exchange behind those that there are.
	 * @param since the time at which its message was decoded
	 * @param exclusive whether all messages wait for its end, and it is none itself
	 * @return the exchange
	 */
	PendingExchange begin(long since, boolean exclusive) {
		PendingExchange exchange = new PendingExchange(this.connection, this, since);
		this.exchanges.addLast(exchange);
		if (exclusive) {
			this.exclusive = true;
			exchange.uncounted();
		}
		pauseIfFull();
		return exchange;
	}

	/**
	 * Keep a reply that was there at once until it is its turn.
	 * @param frame the reply
	 */
	void addReply(ByteBuf frame) {
		PendingExchange exchange = new PendingExchange(this.connection, this, 0);
		this.exchanges.addLast(exchange);
		exchange.endWith(frame);
	}

	void await(ByteBuf payload, long since, boolean text) {
		this.waiting.addLast(new Waiting(payload, since, text));
		pauseIfFull();
	}

	private void pauseIfFull() {
		if (!mayHandle() && this.waiting.size() >= this.maxWaiting) {
			this.connection.pause(PAUSED_BY_WAITING);
		}
	}

	boolean mayHandle() {
		return this.waiting.isEmpty() && hasRoom();
	}

	private boolean hasRoom() {
		return !this.exclusive && this.exchanges.size() < this.concurrency;
	}

	boolean isPending() {
		return !this.exchanges.isEmpty();
	}

	boolean isIdle() {
		return this.exchanges.isEmpty() && this.waiting.isEmpty();
	}

	boolean isFirst(PendingExchange exchange) {
		return this.exchanges.peekFirst() == exchange;
	}

	void ended() {
		this.exclusive = false;
		advance();
		drain();
		this.connection.inputEnded();
	}

	private void advance() {
		PendingExchange first = this.exchanges.peekFirst();
		while (first != null && first.takeTurn()) {
			if (isFirst(first)) {
				this.exchanges.removeFirst();
			}
			first = this.exchanges.peekFirst();
		}
	}

	private void drain() {
		if (this.draining) {
			return;
		}
		this.draining = true;
		while (!this.waiting.isEmpty() && hasRoom()) {
			Waiting next = this.waiting.removeFirst();
			try {
				this.connection.handleLater(next.payload(), next.since(), next.text());
			}
			finally {
				next.payload().release();
			}
		}
		this.draining = false;
		resumeIfRoom();
	}

	void resumeIfRoom() {
		if (mayHandle() || this.waiting.size() < this.maxWaiting) {
			this.connection.resume(PAUSED_BY_WAITING);
		}
	}

	void writable() {
		PendingExchange first = this.exchanges.peekFirst();
		if (first != null) {
			first.writable();
		}
	}

	/**
	 * Cancel everything, because the connection is closing.
	 * @return how many messages are never handled
	 */
	int cancel() {
		int abandoned = this.waiting.size();
		this.waiting.forEach((message) -> message.payload().release());
		this.waiting.clear();
		List<PendingExchange> exchanges = List.copyOf(this.exchanges);
		this.exchanges.clear();
		for (PendingExchange exchange : exchanges) {
			abandoned += exchange.cancel();
		}
		return abandoned;
	}

	/**
	 * A message that waits. Immutable.
	 *
	 * @param payload the payload
	 * @param since the time at which it was decoded
	 * @param text whether its sender calls it text
	 */
	private record Waiting(ByteBuf payload, long since, boolean text) {

	}

}
