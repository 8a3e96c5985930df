package dev.holdfast.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.codec.PayloadDecoder;
import dev.holdfast.codec.RawFraming;
import dev.holdfast.connection.Connections;
import dev.holdfast.handler.HandlerExtensions;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.handler.SocketControllers;
import dev.holdfast.limit.OutboundLimits;
import dev.holdfast.server.ServerState;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServerFactory;
import dev.holdfast.server.SocketServers;
import dev.holdfast.server.context.SocketServerPortPublisher;
import dev.holdfast.server.context.SocketServerStartStopLifecycle;
import dev.holdfast.server.context.SocketServerStartedEvent;
import dev.holdfast.server.context.SocketServerStoppedEvent;
import dev.holdfast.server.netty.NettyNode;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketServerAutoConfiguration}.
 */
class SocketServerAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketServerAutoConfiguration.class));

	@Test
	void whenImportsAreLoadedThenTheyNameAutoConfiguration() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(SocketServerAutoConfiguration.class.getName());
	}

	@Test
	void whenNoServerIsConfiguredThenHasConnectionsButNoThreads() {
		Set<Thread> before = threads();
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(Connections.class);
			assertThat(context.getBean(Connections.class).count()).isZero();
			assertThat(context.getBean(Connections.class).all().send("nobody")).isZero();
			assertThat(context.getBean(SocketServers.class)).isEmpty();
			assertThat(threads()).isSubsetOf(before);
		});
	}

	@Test
	void whenServerIsConfiguredThenItsThreadsLiveAsLongAsContext() {
		Set<Thread> before = threads();
		Set<Thread> threads = new HashSet<>();
		this.contextRunner.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.event-loops=1")
			.run((context) -> {
				SocketTestClient.connect(port(context, "echo")).close();
				threads.addAll(threads());
				threads.removeAll(before);
				assertThat(threads).extracting(Thread::getName)
					.filteredOn((name) -> name.matches("holdfast-(epoll|nio)-.*"))
					.hasSize(1);
			});
		Awaitility.await().until(() -> threads.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void whenServerIsConfiguredThenHandlerAnswers() {
		this.contextRunner.withBean(EchoHandler.class)
			.withPropertyValues("holdfast.servers.echo.port=0")
			.run((context) -> {
				try (SocketTestClient client = SocketTestClient.connect(port(context, "echo"))) {
					client.send("hello");
					client.expect("hello");
					assertThat(context.getBean(Connections.class).count()).isOne();
				}
			});
	}

	@Test
	void whenPortIsZeroThenChosenPortIsPublishedInParentToo() {
		try (GenericApplicationContext parent = new GenericApplicationContext()) {
			parent.refresh();
			this.contextRunner.withParent(parent)
				.withPropertyValues("holdfast.servers.echo.port=0")
				.run((context) -> assertThat(port(parent.getEnvironment(), "echo")).isPositive()
					.isEqualTo(port(context, "echo")));
		}
	}

	@Test
	void whenSeveralServersAreConfiguredThenEachHasItsPort() {
		this.contextRunner.withBean(EchoHandler.class)
			.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.servers.other.port=0")
			.run((context) -> {
				assertThat(context.getBean(SocketServers.class)).extracting(SocketServer::name)
					.containsExactly("echo", "other");
				assertThat(port(context, "echo")).isNotEqualTo(port(context, "other"));
				SocketTestClient.connect(port(context, "other")).close();
			});
	}

	@Test
	void whenMaxPendingIsBelowDefaultHighWaterMarkThenThatFollows() {
		this.contextRunner
			.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.servers.echo.outbound.max-pending=16KB")
			.run((context) -> {
				OutboundLimits limits = context.getBean(SocketServers.class)
					.iterator()
					.next()
					.definition()
					.limits()
					.outbound();
				assertThat(limits.maxPending()).isEqualTo(16 * 1024);
				assertThat(limits.highWaterMark()).isEqualTo(16 * 1024);
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenKeepAliveIsOneWordThenItIsSwitched(boolean enabled) {
		this.contextRunner
			.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.servers.echo.socket.keep-alive=" + enabled)
			.run((context) -> assertThat(
					context.getBean(HoldfastProperties.class).servers().get("echo").socket().keepAlive().enabled())
				.isEqualTo(enabled));
	}

	@Test
	void whenServerIsDisabledThenItDoesNotExist() {
		this.contextRunner.withBean(EchoHandler.class)
			.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.servers.echo.enabled=false",
					"holdfast.servers.other.port=0")
			.run((context) -> {
				assertThat(context.getBean(SocketServers.class)).extracting(SocketServer::name)
					.containsExactly("other");
				assertThat(context.getEnvironment().containsProperty("local.holdfast.echo.port")).isFalse();
			});
	}

	@Test
	void whenHostIsConfiguredThenListensThere() {
		this.contextRunner.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.servers.echo.host=127.0.0.1")
			.run((context) -> assertThat(context.getBean(SocketServers.class).get("echo").address())
				.hasToString("/127.0.0.1:" + port(context, "echo")));
	}

	@Test
	void whenContextStartsAndStopsThenPublishesEvents() {
		List<String> events = new ArrayList<>();
		this.contextRunner.withPropertyValues("holdfast.servers.echo.port=0")
			.withInitializer((context) -> context
				.addApplicationListener((ApplicationListener<SocketServerStartedEvent>) (event) -> events
					.add("started " + event.server().name() + " " + event.server().state())))
			.withInitializer((context) -> context
				.addApplicationListener((ApplicationListener<SocketServerStoppedEvent>) (event) -> events
					.add("stopped " + event.server().name() + " " + event.server().state())))
			.run((context) -> {
				assertThat(events).containsExactly("started echo RUNNING");
				context.stop();
				context.start();
				assertThat(events).containsExactly("started echo RUNNING", "stopped echo STOPPED",
						"started echo RUNNING");
			});
		assertThat(events).hasSize(4).endsWith("stopped echo STOPPED");
	}

	@Test
	void whenContextIsStoppedAndStartedThenServerAcceptsAgain() {
		this.contextRunner.withBean(EchoHandler.class)
			.withPropertyValues("holdfast.servers.echo.port=0")
			.run((context) -> {
				context.stop();
				assertThat(context.getBean(SocketServers.class).get("echo").state()).isEqualTo(ServerState.STOPPED);
				context.start();
				try (SocketTestClient client = SocketTestClient.connect(port(context, "echo"))) {
					client.send("again");
					client.expect("again");
				}
			});
	}

	@Test
	void whenJacksonIsMissingThenTextServerAnswers() {
		this.contextRunner.withBean(EchoHandler.class)
			.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.withPropertyValues("holdfast.servers.echo.port=0")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(JsonSupport.class);
				try (SocketTestClient client = SocketTestClient.connect(port(context, "echo"))) {
					client.send("hello");
					client.expect("hello");
				}
			});
	}

	@Test
	void whenActuatorAndMicrometerAreMissingThenStarts() {
		this.contextRunner
			.withConfiguration(
					AutoConfigurations.of(SocketEndpointAutoConfiguration.class, SocketMetricsAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate", "io.micrometer"))
			.withPropertyValues("holdfast.servers.echo.port=0")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SocketServers.class));
	}

	@Test
	void whenUserHasFramingAndPayloadThenServerUsesThemByName() {
		PayloadCodec codec = mock(PayloadCodec.class);
		PayloadDecoder decoder = (in, offset, length) -> new Order(length);
		given(codec.decoder(Order.class)).willReturn(decoder);
		this.contextRunner.withBean(OrderHandler.class)
			.withBean("mine", RawFraming.class, () -> new RawFraming(100))
			.withBean("orders", PayloadCodec.class, () -> codec)
			.withPropertyValues("holdfast.servers.orders.port=0", "holdfast.servers.orders.framing=mine",
					"holdfast.servers.orders.payload=orders")
			.run((context) -> {
				try (SocketTestClient client = SocketTestClient.to(port(context, "orders"))
					.framing(new RawFraming(100))
					.connect()) {
					client.send("four");
					client.expect("4 bytes");
				}
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { NettyNode.class, Connections.class, SocketServerFactory.class, SocketControllers.class,
			SocketServers.class, SocketServerStartStopLifecycle.class, SocketServerPortPublisher.class,
			HandlerExtensions.class, JsonSupport.class })
	<T> void whenUserHasBeanThenBacksOff(Class<T> type) {
		this.contextRunner.withBean("mine", type, userBean(type))
			.run((context) -> assertThat(context).hasSingleBean(type).getBean(type).isSameAs(context.getBean("mine")));
	}

	@ParameterizedTest
	@ValueSource(classes = { NettyNode.class, Connections.class, SocketServerFactory.class, SocketControllers.class,
			SocketServers.class, SocketServerStartStopLifecycle.class, SocketServerPortPublisher.class,
			HandlerExtensions.class, JsonSupport.class, ServerDefinitionFactory.class })
	void whenUserHasNoBeanThenHasOne(Class<?> type) {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(type));
	}

	@SuppressWarnings("unchecked")
	private static <T> Supplier<T> userBean(Class<T> type) {
		return () -> {
			if (type == NettyNode.class) {
				return (T) new NettyNode("mine", 1, 0, Duration.ZERO);
			}
			if (type == HandlerExtensions.class) {
				return (T) HandlerExtensions.none(Runnable::run);
			}
			if (type == SocketServers.class) {
				return (T) new SocketServers(List.of());
			}
			if (type == SocketControllers.class) {
				return (T) new SocketControllers(List.of(), HandlerExtensions.none(Runnable::run));
			}
			if (type == SocketServerStartStopLifecycle.class) {
				return (T) new SocketServerStartStopLifecycle(new GenericApplicationContext(),
						new SocketServers(List.of()));
			}
			return mock(type);
		};
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("holdfast-"))
			.collect(Collectors.toSet());
	}

	private static int port(AssertableApplicationContext context, String server) {
		return port(context.getEnvironment(), server);
	}

	private static int port(Environment environment, String server) {
		return environment.getRequiredProperty("local.holdfast.%s.port".formatted(server), Integer.class);
	}

	@SocketController
	static class EchoHandler {

		@OnMessage
		String echo(String line) {
			return line;
		}

	}

	@SocketController("orders")
	static class OrderHandler {

		@OnMessage
		String order(Order order) {
			return order.bytes() + " bytes";
		}

	}

	record Order(int bytes) {

	}

}
