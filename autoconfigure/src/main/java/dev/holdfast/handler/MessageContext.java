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

	private @Nullable CloseReason closeReason;

	private @Nullable Throwable error;

	private @Nullable Map<String, Object> attributes;

	/**
	 * Begin with a message.
	 * @param target the connection
	 * @param buffer the buffer that holds the payload
	 * @param offset the absolute index at which the payload begins
	 * @param length the number of bytes of the payload
	 */
	public void reset(HandlerTarget target, ByteBuf buffer, int offset, int length) {
		this.target = target;
		this.buffer = buffer;
		this.offset = offset;
		this.length = length;
	}

	/**
	 * Forget connection and message.
	 */
	public void clear() {
		this.target = null;
		this.buffer = Unpooled.EMPTY_BUFFER;
		this.route = null;
		this.error = null;
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
	 * Return attributes of this message, for interceptors.
	 * @return a mutable map
	 */
	public Map<String, Object> attributes() {
		if (this.attributes == null) {
			this.attributes = new HashMap<>(4);
		}
		return this.attributes;
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

	void route(@Nullable String route) {
		this.route = route;
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
		MessageContext context = event(target());
		context.route = this.route;
		context.attributes = this.attributes;
		return context;
	}

	/**
	 * Return a context that belongs to this message alone.
	 * @return a context of its own
	 */
	MessageContext own() {
		MessageContext context = detach();
		context.reset(target(), this.buffer, this.offset, this.length);
		return context;
	}

	static MessageContext event(HandlerTarget target) {
		MessageContext context = new MessageContext();
		context.reset(target, Unpooled.EMPTY_BUFFER, 0, 0);
		return context;
	}

}
