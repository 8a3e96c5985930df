package dev.holdfast.test;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.ParameterResolutionDelegate;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link LocalSocketPort @LocalSocketPort}.
 */
@SpringBootTest(classes = LocalSocketPortTests.Empty.class, properties = { "local.holdfast.echo.port=1234",
		"local.holdfast.live.port=1235", "holdfast.servers.local.unix-socket=/run/local.sock" })
class LocalSocketPortTests {

	private static int beforeAll;

	private final int constructor;

	private int beforeEach;

	@LocalSocketPort("echo")
	private int primitive;

	@LocalSocketPort("live")
	private Integer boxed;

	@EchoPort
	private int meta;

	LocalSocketPortTests(@LocalSocketPort("live") int constructor) {
		this.constructor = constructor;
	}

	@BeforeAll
	static void before(@LocalSocketPort("echo") int port) {
		beforeAll = port;
	}

	@BeforeEach
	void beforeEach(@LocalSocketPort("live") int port) {
		this.beforeEach = port;
	}

	@Test
	void injectWhenFieldSetsPort() {
		assertThat(this.primitive).isEqualTo(1234);
		assertThat(this.boxed).isEqualTo(1235);
	}

	@Test
	void injectWhenFieldHasMetaAnnotationSetsPort() {
		assertThat(this.meta).isEqualTo(1234);
	}

	@Test
	void injectWhenConstructorParameterPassesPort() {
		assertThat(this.constructor).isEqualTo(1235);
	}

	@Test
	void injectWhenLifecycleParameterPassesPort() {
		assertThat(beforeAll).isEqualTo(1234);
		assertThat(this.beforeEach).isEqualTo(1235);
	}

	@Test
	void injectWhenMethodParametersPassesPorts(@LocalSocketPort("echo") int echo, @LocalSocketPort("live") Integer live,
			@EchoPort int meta) {
		assertThat(echo).isEqualTo(1234);
		assertThat(live).isEqualTo(1235);
		assertThat(meta).isEqualTo(1234);
	}

	@Test
	void injectWhenNoSuchServerInFieldFailsWithCure() {
		assertThatException().isThrownBy(() -> prepare(new UnknownServer()))
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("@LocalSocketPort(\"nosuch\") on field 'port' of " + UnknownServer.class.getName())
			.withMessageContaining("'local.holdfast.nosuch.port'")
			.withMessageContaining("Servers that do: [echo, live]")
			.withMessageContaining("Set 'holdfast.servers.nosuch.port'");
	}

	@Test
	void injectWhenNoSuchServerInParameterFailsWithCure(@Autowired ApplicationContext context) {
		assertThatException().isThrownBy(() -> resolve(context, "unknown"))
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("@LocalSocketPort(\"nosuch\") on method 'unknown' parameter 0 of")
			.withMessageContaining("Set 'holdfast.servers.nosuch.port'");
	}

	@Test
	void injectWhenServerIsOnUnixSocketFailsWithItsPath(@Autowired ApplicationContext context) {
		assertThatException().isThrownBy(() -> resolve(context, "unixSocket"))
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining(
					"server 'local' listens on the Unix domain socket '/run/local.sock' and has no port");
	}

	@Test
	void injectWhenFieldHasOtherTypeFailsWithCure() {
		assertThatException().isThrownBy(() -> prepare(new OtherType()))
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("@LocalSocketPort(\"echo\") on field 'port' of " + OtherType.class.getName())
			.withMessageContaining("has the type java.lang.String: declare it as 'int' or 'Integer'");
	}

	@Test
	void injectWhenParameterHasOtherTypeFailsWithCure(@Autowired ApplicationContext context) {
		assertThatException().isThrownBy(() -> resolve(context, "otherType"))
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("@LocalSocketPort(\"echo\") on method 'otherType' parameter 0 of")
			.withMessageContaining("has the type long: declare it as 'int' or 'Integer'");
	}

	@Test
	void contextWhenPortsAreInjectedHasNoIntegerBean(@Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(Integer.class)).isEmpty();
	}

	private static void prepare(Object testInstance) throws Exception {
		new TestContextManager(testInstance.getClass()).prepareTestInstance(testInstance);
	}

	private static void resolve(ApplicationContext context, String methodName) {
		Method method = Arrays.stream(Parameters.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(methodName))
			.findFirst()
			.orElseThrow();
		ParameterResolutionDelegate.resolveDependency(method.getParameters()[0], 0, Parameters.class,
				context.getAutowireCapableBeanFactory());
	}

	@Nested
	class Inner {

		private final int port;

		private final Environment environment;

		@LocalSocketPort("live")
		private int field;

		@Autowired
		Inner(Environment environment, @LocalSocketPort("echo") int port) {
			this.environment = environment;
			this.port = port;
		}

		@Test
		void injectWhenNestedClassHasAutowiredConstructorPassesPort() {
			assertThat(this.environment).isNotNull();
			assertThat(this.port).isEqualTo(1234);
			assertThat(this.field).isEqualTo(1235);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@LocalSocketPort("echo")
	@interface EchoPort {

	}

	@SpringBootTest(classes = LocalSocketPortTests.Empty.class,
			properties = { "local.holdfast.echo.port=1234", "local.holdfast.live.port=1235" })
	static class UnknownServer {

		@LocalSocketPort("nosuch")
		int port;

	}

	@SpringBootTest(classes = LocalSocketPortTests.Empty.class,
			properties = { "local.holdfast.echo.port=1234", "local.holdfast.live.port=1235" })
	static class OtherType {

		@LocalSocketPort("echo")
		String port;

	}

	static class Parameters {

		void unknown(@LocalSocketPort("nosuch") int port) {
		}

		void unixSocket(@LocalSocketPort("local") int port) {
		}

		void otherType(@LocalSocketPort("echo") long port) {
		}

	}

}
