package dev.holdfast.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.annotation.Order;

import dev.holdfast.codec.FramingException;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerHandlers}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerHandlersTests {

	private final FakeTarget target = new FakeTarget();

	@ParameterizedTest
	@CsvSource({ "one:x,one one:x", "two:x,both two:x", "three:x,both three:x", "four:x,rest four:x", "x,rest x",
			":x,rest :x" })
	void messageWhenRoutedCallsMethodOfRoute(String message, String reply) {
		ServerHandlers handlers = FakeTarget.handlers(FakeTarget.router(), new RoutedHandler(), new RestHandler());
		assertThat(this.target.message(handlers, message)).containsExactly(reply);
		assertThat(this.target.failures).isZero();
	}

	@Test
	void messageWhenRouterIsMissingCallsMethodWithoutRoute() {
		ServerHandlers handlers = FakeTarget.handlers(new RoutedHandler(), new RestHandler());
		assertThat(this.target.message(handlers, "one:x")).containsExactly("rest one:x");
	}

	@Test
	void messageWhenNoMethodTakesItFailsAndIsOfferedToErrorMethod() {
		ServerHandlers handlers = FakeTarget.handlers(FakeTarget.router(), new RoutedHandler(), new UnknownHandler());
		assertThat(this.target.message(handlers, "four:x")).containsExactly("unknown four");
		assertThat(this.target.message(handlers, "x")).containsExactly("unknown four", "unknown null");
		assertThat(this.target.failures).isEqualTo(2);
	}

	@Test
	void messageWhenNoMethodTakesItDoesNotLogWhatClientSent(CapturedOutput output) {
		this.target.message(FakeTarget.handlers(FakeTarget.router(), new RoutedHandler()), "forged\nroute:x");
		assertThat(output).contains("No handler of server 'echo' for this route").doesNotContain("forged");
	}

	@Test
	void messageWhenRouterThrowsCountsAndGoesOn() {
		MessageRouter router = (in, offset, length) -> {
			throw new IndexOutOfBoundsException("router");
		};
		assertThat(this.target.message(FakeTarget.handlers(router, new RestHandler()), "x")).isEmpty();
		assertThat(this.target.failures).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "value,value", "none,", "null,", "nothing," })
	void messageWhenMethodReturnsRepliesWithWhatIsThere(String route, String reply) {
		ServerHandlers handlers = FakeTarget.handlers(FakeTarget.router(), new ReturningHandler());
		this.target.message(handlers, route + ":x");
		assertThat(this.target.replies).isEqualTo((reply != null) ? List.of(reply) : List.of());
		assertThat(this.target.failures).isZero();
	}

	@Test
	void messageWhenReplyIsRefusedCountsAndIsOfferedToErrorMethod() {
		this.target.refusal = new FramingException("no newline");
		List<Throwable> errors = new ArrayList<>();
		this.target.message(FakeTarget.handlers(new RestHandler(), new ErrorRecorder(errors)), "x");
		assertThat(errors).containsExactly(this.target.refusal);
		assertThat(this.target.failures).isOne();
	}

	@Test
	void messageWhenMethodOverflowsStackCountsAndGoesOn() {
		ServerHandlers handlers = FakeTarget.handlers(new EndlessHandler());
		this.target.message(handlers, "endless");
		assertThat(this.target.message(handlers, "ok")).containsExactly("ok");
		assertThat(this.target.failures).isOne();
	}

	@Test
	void messageWhenFailuresRepeatLogsOnce(CapturedOutput output) {
		ServerHandlers handlers = FakeTarget.handlers(new EndlessHandler());
		this.target.message(handlers, "broken");
		this.target.message(handlers, "broken");
		assertThat(this.target.failures).isEqualTo(2);
		assertThat(output.getOut().split("Handling on server 'echo' failed in EndlessHandler.message", -1)).hasSize(2);
	}

	@Test
	void openWhenControllersAreOrderedGreetsInTheirOrder() {
		FakeTarget.handlers(new LastHandler(), new RestHandler(), new FirstHandler()).open(this.target);
		assertThat(this.target.replies).containsExactly("first open", "last open");
	}

	@Test
	void closeWhenControllersAreOrderedTellsThemInTheirOrder() {
		ServerHandlers handlers = FakeTarget.handlers(new LastHandler(), new FirstHandler());
		handlers.close(this.target, CloseReason.IDLE);
		assertThat(this.target.attributes).containsEntry("closed", "first IDLE last IDLE ");
		assertThat(this.target.replies).isEmpty();
	}

	@Test
	void openWhenOneMethodThrowsCallsTheOthers() {
		FakeTarget.handlers(new FailingEventsHandler(), new LastHandler()).open(this.target);
		assertThat(this.target.replies).containsExactly("last open");
		assertThat(this.target.failures).isOne();
	}

	@Test
	void closeWhenOneMethodThrowsCallsTheOthers() {
		FakeTarget.handlers(new FailingEventsHandler(), new LastHandler()).close(this.target, CloseReason.CLIENT);
		assertThat(this.target.attributes).containsEntry("closed", "last CLIENT ");
		assertThat(this.target.failures).isOne();
	}

	@Test
	void writableWhenMethodExistsCallsIt() {
		ServerHandlers handlers = FakeTarget.handlers(new WritableHandler());
		assertThat(handlers.hasWritable()).isTrue();
		handlers.writable(this.target);
		assertThat(this.target.attributes).containsEntry("writable", true);
		assertThat(this.target.replies).isEmpty();
	}

	@Test
	void hasWritableWhenNoMethodExistsIsFalse() {
		assertThat(FakeTarget.handlers(new RestHandler()).hasWritable()).isFalse();
	}

	@SocketController
	static class RoutedHandler {

		@OnMessage("one")
		String one(String line) {
			return "one " + line;
		}

		@OnMessage({ "two", "three" })
		String both(String line) {
			return "both " + line;
		}

	}

	@SocketController
	static class RestHandler {

		@OnMessage
		String rest(String line) {
			return "rest " + line;
		}

	}

	@SocketController
	static class UnknownHandler {

		@OnError
		String unknown(NoHandlerException ex) {
			return "unknown " + ex.route();
		}

	}

	@SocketController
	static class ReturningHandler {

		@OnMessage("value")
		Optional<String> value() {
			return Optional.of("value");
		}

		@OnMessage("none")
		Optional<String> none() {
			return Optional.empty();
		}

		@OnMessage("null")
		String nullValue() {
			return null;
		}

		@OnMessage("nothing")
		void nothing() {
		}

	}

	@SocketController
	record ErrorRecorder(List<Throwable> errors) {

		@OnError
		void failed(Throwable error) {
			this.errors.add(error);
		}

	}

	@SocketController
	static class EndlessHandler {

		@OnMessage
		String message(String line) {
			if (line.equals("broken")) {
				throw new IllegalStateException("broken");
			}
			return line.equals("endless") ? message(line) : line;
		}

	}

	@Order(1)
	@SocketController
	static class FirstHandler {

		@OnOpen
		String open() {
			return "first open";
		}

		@OnClose
		String close(SocketConnection connection, CloseReason reason) {
			connection.attributes().merge("closed", "first " + reason + " ", (all, one) -> "" + all + one);
			return "ignored";
		}

	}

	@Order(2)
	@SocketController
	static class LastHandler {

		@OnOpen
		String open() {
			return "last open";
		}

		@OnClose
		void close(SocketConnection connection, CloseReason reason) {
			connection.attributes().merge("closed", "last " + reason + " ", (all, one) -> "" + all + one);
		}

	}

	@Order(1)
	@SocketController
	static class FailingEventsHandler {

		@OnOpen
		void open() {
			throw new IllegalStateException("open");
		}

		@OnClose
		void close() throws Exception {
			throw new Exception("close");
		}

	}

	@SocketController
	static class WritableHandler {

		@OnWritable
		String writable(SocketConnection connection) {
			connection.attributes().put("writable", true);
			return "ignored";
		}

	}

}
