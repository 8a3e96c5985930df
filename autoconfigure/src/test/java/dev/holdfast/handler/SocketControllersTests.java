package dev.holdfast.handler;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Set;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.annotation.AliasFor;

import dev.holdfast.connection.CloseReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SocketControllers}.
 */
class SocketControllersTests {

	private final FakeTarget target = new FakeTarget();

	@Test
	void controllerWhenScannedIsBeanOfItsOwnName() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(NamedHandler.class)) {
			assertThat(context.getBeansWithAnnotation(SocketController.class)).hasSize(1)
				.doesNotContainKey("echo")
				.doesNotContainKey("other");
		}
	}

	@Test
	void handlersWhenControllerNamesServerServeIt() {
		assertThat(this.target.message(FakeTarget.handlers(new NamedHandler()), "hello"))
			.containsExactly("named hello");
	}

	@Test
	void handlersWhenControllerNamesOtherServerDoNotCallIt() {
		assertThat(this.target.message(FakeTarget.handlers(new OtherHandler()), "hello")).isEmpty();
		assertThat(this.target.failures).isOne();
	}

	@Test
	void handlersWhenControllerNamesNoServerServeAll() {
		assertThat(this.target.message(FakeTarget.handlers(new EchoHandler()), "hello")).containsExactly("hello");
	}

	@Test
	void handlersWhenAnnotationIsComposedFindsServersAndRoutes() {
		ServerHandlers handlers = FakeTarget.handlers(FakeTarget.router(), new ComposedHandler());
		assertThat(this.target.message(handlers, "composed:x")).containsExactly("composed composed:x");
	}

	@Test
	void verifyWhenServerExistsAcceptsController() {
		new SocketControllers(List.of(new NamedHandler(), new EchoHandler()), HandlerExtensions.none(Runnable::run))
			.verify(Set.of("echo", "other", "more"));
	}

	@Test
	void verifyWhenServerIsUnknownNamesControllerAndServers() {
		SocketControllers controllers = new SocketControllers(List.of(new OtherHandler()),
				HandlerExtensions.none(Runnable::run));
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> controllers.verify(Set.of("echo")))
			.withMessage("Controller '%s' names the server 'other', which does not exist", OtherHandler.class.getName())
			.satisfies((ex) -> assertThat(ex.action())
				.isEqualTo("Use one of the servers [echo], or configure 'holdfast.servers.other.port'"));
	}

	@Test
	void handlersWhenTwoMethodsTakeSameRouteFail() {
		assertInvalid(new FirstRouteHandler(), new SecondRouteHandler())
			.withMessage("Methods 'FirstRouteHandler.first' and 'SecondRouteHandler.second'"
					+ " both take the route 'b' of server 'echo'");
	}

	@Test
	void handlersWhenTwoMethodsTakeAllMessagesFail() {
		assertInvalid(new EchoHandler(), new NamedHandler())
			.withMessage("Methods 'EchoHandler.echo' and 'NamedHandler.named'"
					+ " both take messages without a route of server 'echo'");
	}

	@Test
	void handlersWhenMethodRepeatsItsRouteFail() {
		assertInvalid(new RepeatedRouteHandler()).withMessageContaining("both take the route 'a'");
	}

	@Test
	void handlersWhenServerFindsNoRoutesFailForControllerThatNamesIt() {
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> FakeTarget.handlers(new RoutedEchoHandler()))
			.withMessage("Method 'RoutedEchoHandler.routed' takes the route 'a',"
					+ " but server 'echo' finds no routes in its messages")
			.satisfies((ex) -> assertThat(ex.action()).contains("'holdfast.servers.echo.route.json-field'"));
	}

	@Test
	void handlersWhenServerFindsNoRoutesAcceptControllerOfAllServers() {
		this.target.message(FakeTarget.handlers(new FirstRouteHandler()), "a:x");
		assertThat(this.target.failures).isOne();
	}

	@Test
	void handlersWhenParameterCannotBeResolvedFail() {
		assertInvalid(new UnresolvableHandler())
			.withMessage("Parameter 2 of type CloseReason of method 'UnresolvableHandler.message'"
					+ " cannot be resolved: another parameter is the payload already")
			.satisfies((ex) -> assertThat(ex.action()).contains("HandlerArgumentResolver"));
	}

	@Test
	void handlersWhenEventHasPayloadParameterFail() {
		assertInvalid(new PayloadInOpenHandler())
			.withMessage("Parameter 1 of type String of method 'PayloadInOpenHandler.open' cannot be resolved");
	}

	@Test
	void handlersWhenTwoParametersArePayloadsFail() {
		assertInvalid(new TwoPayloadsHandler()).withMessageContaining("Parameter 2 of type String")
			.withMessageContaining("another parameter is the payload already");
	}

	@Test
	void handlersWhenPayloadNeedsCodecFail() {
		assertInvalid(new JsonHandler()).withMessageContaining("Payload of method 'JsonHandler.message'")
			.satisfies((ex) -> assertThat(ex.action()).contains("spring-boot-starter-jackson"));
	}

	@Test
	void handlersWhenRouteParameterIsNoTextFail() {
		assertInvalid(new NumericRouteHandler())
			.withMessage("Method 'NumericRouteHandler.message' wants the route as int");
	}

	@Test
	void handlersWhenErrorParameterDoesNotFitFail() {
		assertInvalid(new WrongErrorHandler())
			.withMessage("Method 'WrongErrorHandler.failed' takes IllegalStateException, which is no IOException");
	}

	private static ThrowableAssertAlternative<InvalidHandlerException> assertInvalid(Object... controllers) {
		return assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> FakeTarget.handlers(FakeTarget.router(), controllers));
	}

	@SocketController({ "other", "echo" })
	static class NamedHandler {

		@OnMessage
		String named(String line) {
			return "named " + line;
		}

	}

	@SocketController("other")
	static class OtherHandler {

		@OnMessage
		String other(String line) {
			return "other " + line;
		}

	}

	@SocketController
	static class EchoHandler {

		@OnMessage
		String echo(String line) {
			return line;
		}

	}

	@SocketController("echo")
	@Retention(RetentionPolicy.RUNTIME)
	@interface EchoController {

	}

	@OnMessage
	@Retention(RetentionPolicy.RUNTIME)
	@interface Routed {

		@AliasFor(annotation = OnMessage.class, attribute = "value")
		String[] to();

	}

	@EchoController
	static class ComposedHandler {

		@Routed(to = "composed")
		String composed(String line) {
			return "composed " + line;
		}

	}

	@SocketController
	static class FirstRouteHandler {

		@OnMessage({ "a", "b" })
		void first() {
		}

	}

	@SocketController
	static class SecondRouteHandler {

		@OnMessage({ "b", "c" })
		void second() {
		}

	}

	@SocketController
	static class RepeatedRouteHandler {

		@OnMessage({ "a", "a" })
		void repeated() {
		}

	}

	@SocketController("echo")
	static class RoutedEchoHandler {

		@OnMessage("a")
		void routed() {
		}

	}

	@SocketController
	static class UnresolvableHandler {

		@OnMessage
		void message(String line, CloseReason reason) {
		}

	}

	@SocketController
	static class PayloadInOpenHandler {

		@OnOpen
		void open(String line) {
		}

	}

	@SocketController
	static class TwoPayloadsHandler {

		@OnMessage
		void message(byte[] bytes, String line) {
		}

	}

	@SocketController
	static class JsonHandler {

		@OnMessage
		void message(List<String> words) {
		}

	}

	@SocketController
	static class NumericRouteHandler {

		@OnMessage
		void message(@Route int route) {
		}

	}

	@SocketController
	static class WrongErrorHandler {

		@OnError(IllegalStateException.class)
		void failed(IOException ex) {
		}

	}

}
