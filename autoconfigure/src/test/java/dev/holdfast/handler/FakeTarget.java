package dev.holdfast.handler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.connection.SocketConnection;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * A target that remembers its replies and how often a call failed. Its handlers answer
 * within their call.
 */
final class FakeTarget implements HandlerTarget {

	final List<Object> replies = new ArrayList<>();

	final Map<String, Object> attributes = new HashMap<>();

	int failures;

	@Nullable RuntimeException refusal;

	private final SocketConnection connection = mock(SocketConnection.class);

	FakeTarget() {
		given(this.connection.attributes()).willReturn(this.attributes);
	}

	static ServerHandlers handlers(Object... controllers) {
		return handlers(null, controllers);
	}

	static ServerHandlers handlers(@Nullable MessageRouter router, Object... controllers) {
		return handlers(router, List.of(), controllers);
	}

	static ServerHandlers handlers(@Nullable MessageRouter router, List<HandlerArgumentResolver> resolvers,
			Object... controllers) {
		return handlers(router, resolvers, null, controllers);
	}

	static ServerHandlers handlers(@Nullable MessageRouter router, List<HandlerArgumentResolver> resolvers,
			@Nullable PayloadCodec codec, Object... controllers) {
		HandlerExtensions extensions = new HandlerExtensions(resolvers, List.of(), List.of(), null,
				() -> Runnable::run);
		return new SocketControllers(List.of(controllers), extensions).handlers("echo",
				new PayloadConverter(StandardCharsets.UTF_8, String.class, codec), router, false);
	}

	/**
	 * Find the route in front of a colon.
	 * @return the router
	 */
	static MessageRouter router() {
		return (in, offset, length) -> {
			String text = in.toString(offset, length, StandardCharsets.UTF_8);
			return text.contains(":") ? text.substring(0, text.indexOf(':')) : null;
		};
	}

	List<Object> message(ServerHandlers handlers, String text) {
		ByteBuf buffer = Unpooled.copiedBuffer("[" + text + "]", StandardCharsets.UTF_8);
		MessageContext context = new MessageContext();
		context.reset(this, buffer, 1, buffer.readableBytes() - 2, true);
		handlers.message(context);
		return this.replies;
	}

	@Override
	public SocketConnection connection() {
		return this.connection;
	}

	@Override
	public void reply(Object message) {
		if (this.refusal != null) {
			throw this.refusal;
		}
		this.replies.add(message);
	}

	@Override
	public Exchange begin() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void execute(Runnable action) {
		action.run();
	}

	@Override
	public void executeLater(Runnable action, long millis) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void failed() {
		this.failures++;
	}

}
