package dev.holdfast.handler;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.MethodParameter;

import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.codec.PayloadDecoder;
import dev.holdfast.connection.SocketConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link OnError @OnError} methods.
 */
@ExtendWith(OutputCaptureExtension.class)
class OnErrorTests {

	private final FakeTarget target = new FakeTarget();

	@Test
	void errorWhenSeveralMethodsMatchGoesToMostSpecific() {
		assertThat(reply(new FileNotFoundException("f"), new GeneralHandler(), new IoHandler()))
			.isEqualTo("io FileNotFoundException");
		assertThat(reply(new IllegalStateException("s"), new GeneralHandler(), new IoHandler()))
			.isEqualTo("general IllegalStateException");
	}

	@Test
	void errorWhenControllerHasMatchStaysThere() {
		FailingHandler failing = new FailingWithOwnHandler(new FileNotFoundException("f"));
		assertThat(this.target.message(FakeTarget.handlers(failing, new IoHandler()), "x"))
			.containsExactly("own FileNotFoundException");
	}

	@Test
	void errorWhenOnlyItsCauseMatchesGivesCause() {
		assertThat(reply(new UncheckedIOException(new IOException("i")), new IoHandler())).isEqualTo("io IOException");
	}

	@Test
	void errorWhenItMatchesItselfDoesNotGiveCause() {
		assertThat(reply(new UncheckedIOException(new IOException("i")), new GeneralHandler(), new IoHandler()))
			.isEqualTo("general UncheckedIOException");
	}

	@Test
	void errorWhenTypesAreListedTakesThem() {
		assertThat(reply(new IllegalArgumentException("a"), new ListHandler())).isEqualTo("listed");
		assertThat(reply(new IllegalStateException("s"), new ListHandler())).isEqualTo("listed");
		assertThat(reply(new IOException("i"), new ListHandler())).isNull();
	}

	@Test
	void errorWhenMethodHasNoParameterTakesEverything() {
		assertThat(reply(new StackOverflowError(), new EverythingHandler())).isEqualTo("everything");
	}

	@Test
	void errorWhenTakenGivesConnectionAndIsCounted() {
		this.target.message(FakeTarget.handlers(new FailingHandler(new IOException("i")), new ConnectionHandler()),
				"x");
		assertThat(this.target.attributes).containsEntry("failed", "IOException");
		assertThat(this.target.replies).isEmpty();
		assertThat(this.target.failures).isOne();
	}

	@Test
	void errorWhenErrorMethodThrowsIsLoggedAndGoesNowhere(CapturedOutput output) {
		assertThat(reply(new IOException("first"), new BrokenHandler(), new EverythingHandler())).isNull();
		assertThat(output).contains("failed in BrokenHandler.failed").contains("second");
		assertThat(this.target.failures).isOne();
	}

	@Test
	void errorWhenPayloadCannotBeConvertedIsPayloadException() {
		PayloadCodec codec = mock(PayloadCodec.class);
		PayloadDecoder decoder = (in, offset, length) -> {
			throw new IOException("no number");
		};
		given(codec.decoder(Integer.class)).willReturn(decoder);
		ServerHandlers handlers = FakeTarget.handlers(null, List.of(), codec, new ConversionHandler());
		assertThat(this.target.message(handlers, "x")).containsExactly("Payload is no Integer because no number");
		assertThat(this.target.failures).isOne();
	}

	@Test
	void errorWhenResolverFailsIsWhatItThrew() {
		HandlerArgumentResolver resolver = new HandlerArgumentResolver() {

			@Override
			public boolean supportsParameter(MethodParameter parameter) {
				return parameter.getParameterType() == String.class;
			}

			@Override
			public Object resolveArgument(MethodParameter parameter, MessageContext context) throws Exception {
				throw new IOException("resolver");
			}

		};
		ServerHandlers handlers = FakeTarget.handlers(null, List.of(resolver), new PlainHandler(), new IoHandler());
		assertThat(this.target.message(handlers, "x")).containsExactly("io IOException");
	}

	@Test
	void errorWhenOpenFailsRepliesToo() {
		FakeTarget.handlers(new FailingHandler(new IOException("i")), new IoHandler()).open(this.target);
		assertThat(this.target.replies).containsExactly("io IOException");
	}

	private Object reply(Throwable error, Object... controllers) {
		Object[] all = new Object[controllers.length + 1];
		System.arraycopy(controllers, 0, all, 1, controllers.length);
		all[0] = new FailingHandler(error);
		this.target.replies.clear();
		this.target.failures = 0;
		this.target.message(FakeTarget.handlers(all), "x");
		return this.target.replies.isEmpty() ? null : this.target.replies.get(0);
	}

	@SocketController
	static class FailingHandler {

		private final Throwable error;

		FailingHandler(Throwable error) {
			this.error = error;
		}

		@OnOpen
		void open() throws Throwable {
			throw this.error;
		}

		@OnMessage
		void message() throws Throwable {
			throw this.error;
		}

	}

	@SocketController
	static class FailingWithOwnHandler extends FailingHandler {

		FailingWithOwnHandler(Throwable error) {
			super(error);
		}

		@OnError
		String failed(Exception ex) {
			return "own " + ex.getClass().getSimpleName();
		}

	}

	@SocketController
	static class GeneralHandler {

		@OnError
		String failed(Exception ex) {
			return "general " + ex.getClass().getSimpleName();
		}

	}

	@SocketController
	static class IoHandler {

		@OnError
		String failed(IOException ex) {
			return "io " + ex.getClass().getSimpleName();
		}

	}

	@SocketController
	static class ListHandler {

		@OnError({ IllegalArgumentException.class, IllegalStateException.class })
		String failed() {
			return "listed";
		}

	}

	@SocketController
	static class EverythingHandler {

		@OnError
		String failed() {
			return "everything";
		}

	}

	@SocketController
	static class ConnectionHandler {

		@OnError
		void failed(SocketConnection connection, IOException ex) {
			connection.attributes().put("failed", ex.getClass().getSimpleName());
		}

	}

	@SocketController
	static class BrokenHandler {

		@OnError
		String failed(IOException ex) {
			throw new IllegalStateException("second");
		}

	}

	@SocketController
	static class PlainHandler {

		@OnMessage
		void message(String line) {
		}

	}

	@SocketController
	static class ConversionHandler {

		@OnMessage
		void message(Integer number) {
		}

		@OnError
		String failed(PayloadException ex) {
			return ex.getMessage() + " because " + ex.getCause().getMessage();
		}

	}

}
