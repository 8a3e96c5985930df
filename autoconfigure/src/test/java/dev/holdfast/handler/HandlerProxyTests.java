package dev.holdfast.handler;

import java.util.ArrayList;
import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that handler methods are found, and called, in proxies and in class hierarchies.
 */
class HandlerProxyTests {

	private final FakeTarget target = new FakeTarget();

	private final List<String> intercepted = new ArrayList<>();

	@Test
	void messageWhenClassIsProxiedGoesThroughProxy() {
		Object proxy = proxy(new PackageHandler("held"), true);
		assertThat(this.target.message(FakeTarget.handlers(proxy), "x")).containsExactly("held x");
		assertThat(this.intercepted).containsExactly("message");
	}

	@Test
	void errorWhenClassIsProxiedStaysInController() {
		Object proxy = proxy(new PackageHandler("held"), true);
		assertThat(this.target.message(FakeTarget.handlers(proxy, new ErrorHandler()), "broken"))
			.containsExactly("own broken");
		assertThat(this.intercepted).containsExactly("message", "failed");
	}

	@Test
	void messageWhenInterfaceIsProxiedGoesThroughProxy() {
		Object proxy = proxy(new ContractHandler(), false);
		assertThat(this.target.message(FakeTarget.handlers(FakeTarget.router(), proxy), "a:x"))
			.containsExactly("a a:x");
		assertThat(this.intercepted).containsExactly("message");
	}

	@Test
	void messageWhenInterfaceIsProxiedUsesAnnotationsOfClass() {
		Object proxy = proxy(new PlainContractHandler(), false);
		assertThat(this.target.message(FakeTarget.handlers(FakeTarget.router(), proxy), "a:x"))
			.containsExactly("a a:x");
	}

	@Test
	void handlersWhenProxyLacksMethodSayWhatToChange() {
		Object proxy = proxy(new HiddenHandler(), false);
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> FakeTarget.handlers(proxy))
			.withMessage("Method 'HiddenHandler.message' cannot be called through the proxy of its bean");
	}

	@Test
	void handlersWhenMethodOfProxiedClassIsPrivateSayWhatToChange() {
		Object proxy = proxy(new PrivateHandler(), true);
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> FakeTarget.handlers(proxy))
			.satisfies((ex) -> assertThat(ex.action()).contains("private"));
	}

	@Test
	void messageWhenMethodIsPrivateCallsIt() {
		assertThat(this.target.message(FakeTarget.handlers(new PrivateHandler()), "x")).containsExactly("private x");
	}

	@Test
	void messageWhenMethodIsInheritedCallsIt() {
		assertThat(this.target.message(FakeTarget.handlers(new InheritingHandler()), "x"))
			.containsExactly("inheriting x");
	}

	@Test
	void messageWhenInheritedMethodIsOverriddenCallsItOnce() {
		assertThat(this.target.message(FakeTarget.handlers(new OverridingHandler()), "x"))
			.containsExactly("overriding x");
	}

	@Test
	void messageWhenInterfaceHasAnnotationsUsesThoseOfParametersToo() {
		ServerHandlers handlers = FakeTarget.handlers(FakeTarget.router(), new ContractHandler());
		assertThat(this.target.message(handlers, "a:x")).containsExactly("a a:x");
	}

	@Test
	void messageWhenInterfaceIsGenericConvertsToItsTypeArgument() {
		assertThat(this.target.message(FakeTarget.handlers(new BytesHandler()), "four")).containsExactly("4");
		assertThat(this.target.message(FakeTarget.handlers(new InheritingBytesHandler()), "four")).containsExactly("4",
				"byte[]");
	}

	@Test
	void messageWhenControllerIsConfigurationCallsIt() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
				ConfigurationHandler.class)) {
			Object controller = context.getBean(ConfigurationHandler.class);
			assertThat(controller.getClass()).isNotEqualTo(ConfigurationHandler.class);
			assertThat(this.target.message(FakeTarget.handlers(controller), "x")).containsExactly("configuration x");
		}
	}

	private Object proxy(Object controller, boolean ofClass) {
		ProxyFactory factory = new ProxyFactory(controller);
		factory.setProxyTargetClass(ofClass);
		factory.addAdvice((MethodInterceptor) (invocation) -> {
			this.intercepted.add(invocation.getMethod().getName());
			return invocation.proceed();
		});
		return factory.getProxy();
	}

	@SocketController
	static class PackageHandler {

		private final String field;

		PackageHandler(String field) {
			this.field = field;
		}

		@OnMessage
		String message(String line) {
			if (line.equals("broken")) {
				throw new IllegalStateException(line);
			}
			return this.field + " " + line;
		}

		@OnError
		String failed(Exception ex) {
			return "own " + ex.getMessage();
		}

	}

	@SocketController
	static class ErrorHandler {

		@OnError
		String failed(IllegalStateException ex) {
			return "other " + ex.getMessage();
		}

	}

	interface Contract {

		@OnMessage("a")
		String message(String line, @Route String route);

	}

	@SocketController
	static class ContractHandler implements Contract {

		@Override
		public String message(String line, String route) {
			return route + " " + line;
		}

	}

	interface PlainContract {

		String message(String line, String route);

	}

	@SocketController
	static class PlainContractHandler implements PlainContract {

		@Override
		@OnMessage("a")
		public String message(String line, @Route String route) {
			return route + " " + line;
		}

	}

	@SocketController
	static class HiddenHandler implements Runnable {

		@OnMessage
		String message(String line) {
			return line;
		}

		@Override
		public void run() {
		}

	}

	@SocketController
	static class PrivateHandler {

		@OnMessage
		private String message(String line) {
			return "private " + line;
		}

	}

	abstract static class BaseHandler {

		@OnMessage
		String message(String line) {
			return name() + " " + line;
		}

		abstract String name();

	}

	@SocketController
	static class InheritingHandler extends BaseHandler {

		@Override
		String name() {
			return "inheriting";
		}

	}

	@SocketController
	static class OverridingHandler extends InheritingHandler {

		@Override
		String message(String line) {
			return "overriding " + line;
		}

	}

	interface GenericContract<T> {

		@OnMessage
		default Object message(T payload) {
			return payload.getClass().getSimpleName();
		}

	}

	@SocketController
	static class BytesHandler implements GenericContract<byte[]> {

		@Override
		public String message(byte[] payload) {
			return String.valueOf(payload.length);
		}

	}

	@SocketController
	static class InheritingBytesHandler implements GenericContract<byte[]> {

	}

	@Configuration
	@SocketController
	static class ConfigurationHandler {

		@Bean
		Object bean() {
			return new Object();
		}

		@OnMessage
		String message(String line) {
			return "configuration " + line;
		}

	}

}
