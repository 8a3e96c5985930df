package dev.holdfast.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.holdfast.connection.Connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@code holdfast.shutdown.drain-rate} and for what load balancers see
 * meanwhile: with 200 connections at 100 a second, or with {@code -Dholdfast.drain=long}
 * with 5,000 at 500.
 */
class DrainRateTests {

	private static final boolean LONG = "long".equals(System.getProperty("holdfast.drain"));

	private static final int CONNECTIONS = LONG ? 5000 : 200;

	private static final int RATE = LONG ? 500 : 100;

	private static final Duration TIME = Duration.ofSeconds(CONNECTIONS / RATE);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context = SpringApplication.run(CrowdedApplication.class,
			"--server.port=0", "--management.server.port=0", "--holdfast.servers.echo.port=0",
			"--holdfast.servers.echo.host=127.0.0.1", "--holdfast.shutdown.drain-rate=" + RATE,
			"--management.endpoints.web.exposure.include=health,sockets",
			"--management.endpoint.sockets.access=unrestricted", "--management.health.redis.enabled=false",
			"--spring.main.register-shutdown-hook=false");

	private final int management = this.context.getEnvironment()
		.getRequiredProperty("local.management.port", int.class);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void closeOfContextEndsConnectionsAtRateAndIsOutOfServiceFromTheFirstMoment() throws Exception {
		checkDrain(() -> CompletableFuture.runAsync(this.context::close));
	}

	@Test
	void drainOfServerEndsConnectionsAtRateAndIsOutOfServiceFromTheFirstMoment() throws Exception {
		checkDrain(() -> {
			HttpRequest drain = request("sockets/echo")
				.POST(HttpRequest.BodyPublishers.ofString("{\"action\": \"drain\"}"))
				.header("Content-Type", "application/json")
				.build();
			assertThat(this.http.send(drain, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		});
		assertThat(get("sockets/echo").body()).contains("\"SHUTDOWN\":" + CONNECTIONS);
		await().until(() -> get("sockets/echo").body().contains("\"state\":\"STOPPED\""));
	}

	private void checkDrain(Begin begin) throws Exception {
		assertThat(get("health").statusCode()).isEqualTo(200);
		try (Clients clients = new Clients(
				this.context.getEnvironment().getRequiredProperty("local.holdfast.echo.port", int.class))) {
			Connections connections = this.context.getBean(Connections.class);
			await().atMost(Duration.ofSeconds(30)).until(() -> connections.count() == CONNECTIONS);
			long began = System.nanoTime();
			begin.begin();
			await().pollInterval(Duration.ofMillis(1)).until(() -> get("health").statusCode() == 503);
			assertThat(connections.count()).isGreaterThan(CONNECTIONS / 2);
			assertThat(get("health").body()).contains("OUT_OF_SERVICE");
			clients.awaitHalf();
			assertThat(get("health").statusCode()).isEqualTo(503);
			clients.awaitEnd();
			Duration taken = Duration.ofNanos(System.nanoTime() - began);
			assertThat(taken).isBetween(TIME.multipliedBy(9).dividedBy(10),
					LONG ? TIME.multipliedBy(11).dividedBy(10) : TIME.multipliedBy(5));
		}
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:%d/actuator/%s".formatted(this.management, path)))
			.timeout(Duration.ofSeconds(10));
	}

	/**
	 * Begins to drain.
	 */
	private interface Begin {

		void begin() throws Exception;

	}

	/**
	 * Clients that close when the server does.
	 */
	private static final class Clients implements AutoCloseable {

		private final Selector selector = Selector.open();

		private final ByteBuffer buffer = ByteBuffer.allocate(64);

		Clients(int port) throws IOException {
			for (int i = 0; i < CONNECTIONS; i++) {
				SocketChannel channel = SocketChannel
					.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
				channel.configureBlocking(false);
				channel.register(this.selector, SelectionKey.OP_READ);
			}
		}

		void awaitHalf() throws IOException {
			awaitOpen(CONNECTIONS / 2);
		}

		void awaitEnd() throws IOException {
			awaitOpen(0);
		}

		private void awaitOpen(int open) throws IOException {
			while (this.selector.keys().size() > open) {
				this.selector.select();
				for (SelectionKey key : List.copyOf(this.selector.selectedKeys())) {
					assertThat(((SocketChannel) key.channel()).read(this.buffer)).isEqualTo(-1);
					key.channel().close();
				}
				this.selector.selectedKeys().clear();
				this.selector.selectNow();
			}
		}

		@Override
		public void close() throws IOException {
			for (SelectionKey key : this.selector.keys()) {
				key.channel().close();
			}
			this.selector.close();
		}

	}

}
