package dev.holdfast.autoconfigure;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.netty.tcp.TcpServer;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.SocketServerCustomizer;
import dev.holdfast.server.netty.ChannelPipelineCustomizer;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the beans of an application take part in its servers.
 */
@ExtendWith(OutputCaptureExtension.class)
class SocketServerCustomizationTests {

	private static final String WIRE_LOGGER = "reactor.netty.tcp.TcpServer";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketServerAutoConfiguration.class))
		.withBean(EchoHandler.class)
		.withPropertyValues("holdfast.servers.echo.port=0");

	@Test
	void whenUserHasServerCustomizersThenTheyAreCalledInOrder() {
		this.contextRunner.withUserConfiguration(CustomizerConfiguration.class)
			.run((context) -> assertThat(events(context)).containsExactly("first server echo", "second server"));
	}

	@Test
	void whenUserHasPipelineCustomizersThenTheyAreCalledInOrder() {
		this.contextRunner.withUserConfiguration(CustomizerConfiguration.class).run((context) -> {
			List<String> events = events(context);
			events.clear();
			echo(context);
			assertThat(events).startsWith("first pipeline echo", "second pipeline", "first read", "second read");
		});
	}

	@Test
	void whenUserHasListenersThenTheySeeConnectionsInOrder() {
		this.contextRunner.withUserConfiguration(ListenerConfiguration.class).run((context) -> {
			echo(context);
			Awaitility.await()
				.untilAsserted(() -> assertThat(events(context)).containsExactly("first opened", "second opened",
						"first closed CLIENT", "second closed CLIENT"));
		});
	}

	@Test
	void whenServerIsFullThenListenersSeeRefusal() {
		this.contextRunner.withUserConfiguration(ListenerConfiguration.class)
			.withPropertyValues("holdfast.servers.echo.limits.max-connections=1")
			.run((context) -> {
				try (SocketTestClient client = SocketTestClient.connect(port(context))) {
					client.send("hello");
					client.expect("hello");
					expectRefused(port(context));
					assertThat(events(context)).contains("first refused echo LIMIT_REACHED");
				}
			});
	}

	private static void expectRefused(int port) {
		try (SocketTestClient refused = SocketTestClient.connect(port)) {
			refused.expectClosed();
		}
	}

	@Test
	void whenListenerFailsThenOthersAreCalledAndConnectionIsServed() {
		this.contextRunner.withBean("failing", ConnectionListener.class, FailingListener::new)
			.withUserConfiguration(ListenerConfiguration.class)
			.run((context) -> {
				echo(context);
				assertThat(events(context)).startsWith("first opened", "second opened");
			});
	}

	@Test
	void whenConnectionsAreLoggedThenHasOneLineForEachEvent(CapturedOutput output) {
		this.contextRunner.withPropertyValues("holdfast.servers.echo.log-connections=true").run((context) -> {
			echo(context);
			Awaitility.await().until(() -> output.getOut().contains(" closed: "));
		});
		List<String> lines = output.getOut().lines().filter((line) -> line.contains("ConnectionLog")).toList();
		assertThat(lines).hasSize(2);
		assertThat(lines.get(0))
			.matches(".*INFO.*Connection '\\w+-0-0-1' of server 'echo' opened from 127\\.0\\.0\\.1:\\d+");
		assertThat(lines.get(1)).matches(".*INFO.*Connection '\\w+-0-0-1' of server 'echo' from 127\\.0\\.0\\.1:\\d+"
				+ " closed: CLIENT after \\d+ s, 1 messages received, 1 sent");
	}

	@Test
	void whenConnectionsAreNotLoggedThenHasNoLine(CapturedOutput output) {
		this.contextRunner.run(SocketServerCustomizationTests::echo);
		assertThat(output).doesNotContain("ConnectionLog");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenWiretapIsSetThenBytesAreLoggedOrNot(boolean wiretap, CapturedOutput output) {
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel(WIRE_LOGGER, LogLevel.DEBUG);
		try {
			this.contextRunner.withPropertyValues("holdfast.servers.echo.wiretap=" + wiretap)
				.run(SocketServerCustomizationTests::echo);
		}
		finally {
			logging.setLogLevel(WIRE_LOGGER, null);
		}
		assertThat(output.getOut().contains("68 65 6c 6c 6f 0a")).isEqualTo(wiretap);
	}

	private static void echo(AssertableApplicationContext context) {
		try (SocketTestClient client = SocketTestClient.connect(port(context))) {
			client.send("hello");
			client.expect("hello");
		}
	}

	private static int port(AssertableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.holdfast.echo.port", Integer.class);
	}

	@SuppressWarnings("unchecked")
	private static List<String> events(AssertableApplicationContext context) {
		return context.getBean("events", List.class);
	}

	@SocketController
	static class EchoHandler {

		@OnMessage
		String echo(String line) {
			return line;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizerConfiguration {

		@Bean
		List<String> events() {
			return new CopyOnWriteArrayList<>();
		}

		@Bean
		@Order(2)
		SocketServerCustomizer secondServer(List<String> events) {
			return (server) -> {
				events.add("second server");
				return server;
			};
		}

		@Bean
		@Order(1)
		SocketServerCustomizer firstServer(List<String> events) {
			return new SocketServerCustomizer() {

				@Override
				public TcpServer customize(TcpServer server) {
					throw new IllegalStateException();
				}

				@Override
				public TcpServer customize(ServerDefinition definition, TcpServer server) {
					events.add("first server " + definition.name());
					return server;
				}

			};
		}

		@Bean
		@Order(2)
		ChannelPipelineCustomizer secondPipeline(List<String> events) {
			return (pipeline) -> {
				events.add("second pipeline");
				pipeline.addLast(new ReadRecorder("second read", events));
			};
		}

		@Bean
		@Order(1)
		ChannelPipelineCustomizer firstPipeline(List<String> events) {
			return new ChannelPipelineCustomizer() {

				@Override
				public void customize(ChannelPipeline pipeline) {
					throw new IllegalStateException();
				}

				@Override
				public void customize(ServerDefinition definition, ChannelPipeline pipeline) {
					events.add("first pipeline " + definition.name());
					pipeline.addLast(new ReadRecorder("first read", events));
				}

			};
		}

	}

	static class ReadRecorder extends ChannelInboundHandlerAdapter {

		private final String event;

		private final List<String> events;

		ReadRecorder(String event, List<String> events) {
			this.event = event;
			this.events = events;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			this.events.add(this.event);
			context.fireChannelRead(message);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ListenerConfiguration {

		@Bean
		List<String> events() {
			return new CopyOnWriteArrayList<>();
		}

		@Bean
		@Order(2)
		ConnectionListener secondListener(List<String> events) {
			return new RecordingListener("second", events);
		}

		@Bean
		@Order(1)
		ConnectionListener firstListener(List<String> events) {
			return new RecordingListener("first", events);
		}

	}

	record RecordingListener(String name, List<String> events) implements ConnectionListener {

		@Override
		public void opened(SocketConnection connection) {
			this.events.add(this.name + " opened");
		}

		@Override
		public void closed(SocketConnection connection, CloseReason reason) {
			this.events.add(this.name + " closed " + reason);
		}

		@Override
		public void refused(String server, SocketAddress remoteAddress, CloseReason reason) {
			this.events.add(this.name + " refused " + server + " " + reason);
		}

	}

	@Order(0)
	static class FailingListener implements ConnectionListener {

		@Override
		public void opened(SocketConnection connection) {
			throw new IllegalStateException("broken");
		}

	}

}
