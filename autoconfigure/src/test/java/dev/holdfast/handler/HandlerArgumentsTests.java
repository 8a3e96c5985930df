package dev.holdfast.handler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.MethodParameter;

import dev.holdfast.connection.SocketConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the arguments of handler methods.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandlerArgumentsTests {

	private final FakeTarget target = new FakeTarget();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void messageWhenMethodHasParametersGivesThemInTheirOrder(int arity) {
		this.target.attributes.put("name", "value");
		List<String> all = List.of(arity + "", arity + ":x", arity + "", "true", "value", "again");
		List<Object> replies = this.target.message(handlers(new ArityHandler()), arity + ":x");
		assertThat(replies).containsExactly(String.join(" ", all.subList(0, arity + 1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "string", "text", "object", "bytes", "varargs", "copy", "buffer", "static" })
	void messageWhenPayloadHasTypeConvertsIt(String route) {
		assertThat(this.target.message(handlers(new PayloadHandler()), route + ":é"))
			.containsExactly(route + " " + route + ":é");
	}

	@Test
	void attributeWhenPresentIsGiven() {
		this.target.attributes.put("name", "value");
		this.target.attributes.put("number", 5);
		assertThat(replies("plain")).containsExactly("value");
		assertThat(replies("optional")).containsExactly("value");
		assertThat(replies("primitive")).containsExactly("6");
	}

	@Test
	void attributeWhenMissingIsNull() {
		assertThat(replies("plain")).containsExactly("null");
	}

	@Test
	void attributeWhenMissingIsEmptyOptional() {
		assertThat(replies("optional")).containsExactly("empty");
	}

	@Test
	void attributeWhenMissingForPrimitiveFailsCall(CapturedOutput output) {
		assertThat(replies("primitive")).isEmpty();
		assertThat(this.target.failures).isOne();
		assertThat(output).contains("No attribute 'number'");
	}

	@Test
	void attributeWhenOfOtherTypeFailsCall() {
		this.target.attributes.put("number", "five");
		assertThat(replies("primitive")).isEmpty();
		assertThat(this.target.failures).isOne();
	}

	@Test
	void routeWhenMessageHasNoneIsNull() {
		assertThat(this.target.message(handlers(new RouteHandler()), "x")).containsExactly("null x");
	}

	@Test
	void routeWhenMethodTakesAllIsThatOfMessage() {
		assertThat(this.target.message(handlers(new RouteHandler()), "any:x")).containsExactly("any any:x");
	}

	@Test
	void resolverWhenItSupportsParameterGivesArgument() {
		ServerHandlers handlers = FakeTarget.handlers(null, List.of(new LengthResolver(), new FailingResolver()),
				new LengthHandler());
		assertThat(this.target.message(handlers, "four")).containsExactly("4 four");
	}

	@Test
	void resolverWhenItSupportsBuiltInTypeWins() {
		HandlerArgumentResolver resolver = new HandlerArgumentResolver() {

			@Override
			public boolean supportsParameter(MethodParameter parameter) {
				return parameter.getParameterType() == String.class;
			}

			@Override
			public Object resolveArgument(MethodParameter parameter, MessageContext context) {
				return parameter.getParameterName() + " " + context.route() + " " + context.connection();
			}

		};
		this.target.message(FakeTarget.handlers(FakeTarget.router(), List.of(resolver), new RouteHandler()), "a:x");
		assertThat(this.target.replies).containsExactly("route a %1$s line a %1$s".formatted(this.target.connection()));
	}

	private List<Object> replies(String route) {
		this.target.replies.clear();
		return this.target.message(handlers(new AttributeHandler()), route + ":x");
	}

	private static ServerHandlers handlers(Object controller) {
		return FakeTarget.handlers(FakeTarget.router(), controller);
	}

	@SocketController
	static class ArityHandler {

		@OnMessage("0")
		String none() {
			return "0";
		}

		@OnMessage("1")
		String one(String line) {
			return "1 " + line;
		}

		@OnMessage("2")
		String two(String line, @Route String route) {
			return "2 " + line + " " + route;
		}

		@OnMessage("3")
		String three(String line, @Route String route, SocketConnection connection) {
			return "3 " + line + " " + route + " " + (connection != null);
		}

		@OnMessage("4")
		String four(String line, @Route String route, SocketConnection connection,
				@ConnectionAttribute("name") String name) {
			return "4 " + line + " " + route + " " + (connection != null) + " " + name;
		}

		@OnMessage("5")
		String five(String line, @Route String route, SocketConnection connection,
				@ConnectionAttribute("name") String name, SocketConnection again) {
			return "5 " + line + " " + route + " " + (connection == again) + " " + name + " again";
		}

	}

	@SocketController
	static class PayloadHandler {

		@OnMessage("string")
		String string(String line) {
			return "string " + line;
		}

		@OnMessage("text")
		String text(CharSequence line) {
			return "text " + line;
		}

		@OnMessage("object")
		String object(Object line) {
			return "object " + line;
		}

		@OnMessage("bytes")
		String bytes(byte[] bytes) {
			return "bytes " + new String(bytes, StandardCharsets.UTF_8);
		}

		@OnMessage("varargs")
		String varargs(byte... bytes) {
			return "varargs " + new String(bytes, StandardCharsets.UTF_8);
		}

		@OnMessage("copy")
		String copy(ByteBuffer bytes) {
			return "copy " + StandardCharsets.UTF_8.decode(bytes);
		}

		@OnMessage("buffer")
		String buffer(ByteBuf bytes) {
			return "buffer " + bytes.toString(StandardCharsets.UTF_8);
		}

		@OnMessage("static")
		static String withoutInstance(String line) {
			return "static " + line;
		}

	}

	@SocketController
	static class AttributeHandler {

		@OnMessage("plain")
		String plain(@ConnectionAttribute("name") String name) {
			return String.valueOf(name);
		}

		@OnMessage("optional")
		String optional(@ConnectionAttribute("name") Optional<String> name) {
			return name.orElse("empty");
		}

		@OnMessage("primitive")
		String primitive(@ConnectionAttribute("number") int number) {
			return String.valueOf(number + 1);
		}

	}

	@SocketController
	static class RouteHandler {

		@OnMessage
		String message(@Route String route, String line) {
			return route + " " + line;
		}

	}

	@SocketController
	static class LengthHandler {

		@OnMessage
		String message(int length, String line) {
			return length + " " + line;
		}

	}

	static class LengthResolver implements HandlerArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == int.class && "length".equals(parameter.getParameterName());
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, MessageContext context) {
			return context.payload().readableBytes();
		}

	}

	static class FailingResolver implements HandlerArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == int.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, MessageContext context) {
			throw new IllegalStateException();
		}

	}

}
