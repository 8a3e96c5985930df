package dev.holdfast.handler;

import java.util.HashMap;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;

/**
 * What a handler method is called with: a connection and a message or an event of it. One
 * instance is used again for all messages of an event loop, so nothing may keep it.
 * Confined to the connection's event loop.
 */
public final class MessageContext {

	private @Nullable HandlerTarget target;

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	private int offset;

	private int length;

	private @Nullable String route;

	private boolean routeClaimed;

	private boolean text;

	private @Nullable CloseReason closeReason;

	private @Nullable Throwable error;

	private @Nullable Map<String, Object> attributes;

	private int intercepted;

	private boolean event;

	/**
	 * Begin with a message.
	 * @param target the connection
	 * @param buffer the buffer that holds the payload
	 * @param offset the absolute index at which the payload begins
	 * @param length the number of bytes of the payload
	 * @param text whether its sender calls it text
	 */
	public void reset(HandlerTarget target, ByteBuf buffer, int offset, int length, boolean text) {
		this.target = target;
		this.buffer = buffer;
		this.offset = offset;
		this.length = length;
		this.text = text;
		this.route = null;
		this.routeClaimed = false;
		this.error = null;
		this.attributes = null;
	}

	/**
	 * Forget connection and message.
	 */
	public void clear() {
		this.target = null;
		this.buffer = Unpooled.EMPTY_BUFFER;
		this.route = null;
		this.error = null;
		this.attributes = null;
	}

	/**
	 * Return the connection.
	 * @return the connection
	 */
	public SocketConnection connection() {
		return target().connection();
	}

	/**
	 * Return the payload of the message, valid during the call.
	 * @return the bytes, empty for an event
	 */
	public ByteBuf payload() {
		return this.buffer.slice(this.offset, this.length);
	}

	/**
	 * Return the route of the message.
	 * @return the route or {@code null}
	 */
	public @Nullable String route() {
		return this.route;
	}

	/**
	 * Whether a method claims the route of the message, so that it is one of few.
	 * @return whether the message goes to a method for its route
	 */
	public boolean isRouteClaimed() {
		return this.routeClaimed;
	}

	/**
	 * Whether the message came in a WebSocket text message.
	 * @return {@code false} for a binary message and for all other transports
	 */
	public boolean isText() {
		return this.text;
	}

	/**
	 * Return attributes of this message, for interceptors.
	 * @return a mutable map
	 */
	public Map<String, Object> attributes() {
		if (this.attributes == null) {
			this.attributes = new HashMap<>(4);
		}
		return this.attributes;
	}

	/**
	 * Set the payload.
	 * @param payload the payload, whose reference count stays as it is
	 */
	void payload(ByteBuf payload) {
		this.buffer = payload;
		this.offset = payload.readerIndex();
		this.length = payload.readableBytes();
	}

	/**
	 * Whether this is an event rather than a message.
	 * @return whether there is no message
	 */
	boolean isEvent() {
		return this.event;
	}

	/**
	 * Return how many interceptors are around the handling.
	 * @return the number of interceptors whose {@code before} has returned
	 */
	int intercepted() {
		return this.intercepted;
	}

	void intercepted(int intercepted) {
		this.intercepted = intercepted;
	}

	HandlerTarget target() {
		Assert.state(this.target != null, "No connection");
		return this.target;
	}

	ByteBuf buffer() {
		return this.buffer;
	}

	int offset() {
		return this.offset;
	}

	int length() {
		return this.length;
	}

	void route(@Nullable String route, boolean claimed) {
		this.route = route;
		this.routeClaimed = claimed;
	}

	@Nullable CloseReason closeReason() {
		return this.closeReason;
	}

	void closeReason(CloseReason closeReason) {
		this.closeReason = closeReason;
	}

	@Nullable Throwable error() {
		return this.error;
	}

	void error(@Nullable Throwable error) {
		this.error = error;
	}

	/**
	 * Return a context for what happens after this call, without a payload.
	 * @return a context of its own
	 */
	MessageContext detach() {
		MessageContext context = new MessageContext();
		context.target = this.target;
		context.route = this.route;
		context.routeClaimed = this.routeClaimed;
		context.text = this.text;
		context.attributes = this.attributes;
		context.intercepted = this.intercepted;
		context.event = this.event;
		return context;
	}

	/**
	 * Return a context that belongs to this message alone.
	 * @return a context of its own
	 */
	MessageContext own() {
		MessageContext context = detach();
		context.buffer = this.buffer;
		context.offset = this.offset;
		context.length = this.length;
		return context;
	}

	static MessageContext event(HandlerTarget target) {
		MessageContext context = new MessageContext();
		context.target = target;
		context.event = true;
		return context;
	}

}
