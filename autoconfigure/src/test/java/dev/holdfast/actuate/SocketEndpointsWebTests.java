package dev.holdfast.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLSession;

import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import dev.holdfast.autoconfigure.SocketEndpointAutoConfiguration;
import dev.holdfast.capacity.CapacityEstimator;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Handshake;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.server.EventLoops;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for the JSON of {@link SocketsEndpoint} and {@link SocketConnectionsEndpoint}.
 */
class SocketEndpointsWebTests {

	private static final String SERVER = """
			{"state": "RUNNING", "address": "0.0.0.0:9000", "transport": "tcp", "framing": "line", "io": "epoll",
			 "tls": false,
			 "connections": {"active": 2, "peak": 3, "accepted": 5, "refused": 0, "closed": {"CLIENT": 3}},
			 "messages": {"received": 120, "sent": 118, "failed": 1, "dropped": 4, "inFlight": 7},
			 "bytes": {"received": 1440, "sent": 1416},
			 "qps": {"last1s": 12.0, "last10s": 11.8, "last60s": 2.0, "peak": 15.0},
			 "latency": {"p50Micros": 14, "p99Micros": 90, "maxMicros": 310}}""";

	private static final String CONNECTION = """
			"id": "n-0-0-1", "server": "echo", "remoteAddress": "192.0.2.7:40001", "user": null,
			"groups": ["room-1", "vip"], "openedAt": "2026-01-02T03:04:05.678Z", "idleSeconds": 12,
			"messagesReceived": 10, "messagesSent": 11, "bytesReceived": 120, "bytesSent": 132, "pendingBytes": 64""";

	private final SocketConnection connection = FakeConnections.connection("n-0-0-1", null, "vip", "room-1");

	private final SocketServer server = FakeServers.running("echo");

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
				WebMvcAutoConfiguration.class, EndpointAutoConfiguration.class, JacksonEndpointAutoConfiguration.class,
				WebEndpointAutoConfiguration.class, ServletManagementContextAutoConfiguration.class,
				ManagementContextAutoConfiguration.class, SocketEndpointAutoConfiguration.class))
		.withBean(SocketServers.class, () -> new SocketServers(List.of(this.server)))
		.withBean(Connections.class, () -> FakeConnections.of(this.connection));

	@Test
	void getSocketsReturnsServersAndTotal() {
		exposed((mvc) -> assertJson(mvc, "/actuator/sockets", """
				{"servers": {"echo": %s}, "total": {"connections": 2, "qps": 12.0}}""".formatted(SERVER)));
	}

	@Test
	void getSocketsWhenEventLoopsAreKnownReturnsThem() {
		EventLoops eventLoops = mock(EventLoops.class);
		given(eventLoops.count()).willReturn(2);
		given(eventLoops.lag()).willReturn(Duration.ofNanos(1_260_000));
		given(eventLoops.blocked()).willReturn(3L);
		this.contextRunner.withBean(EventLoops.class, () -> eventLoops)
			.withPropertyValues("management.endpoints.web.exposure.include=sockets")
			.run((context) -> assertJson(MockMvcTester.from(context), "/actuator/sockets", """
					{"servers": {"echo": %s}, "total": {"connections": 2, "qps": 12.0},
					 "eventLoops": {"count": 2, "lagMillis": 1.3, "blocked": 3}}""".formatted(SERVER)));
	}

	@Test
	void getServerReturnsIt() {
		exposed((mvc) -> assertJson(mvc, "/actuator/sockets/echo", SERVER));
	}

	@Test
	void getServerWhenUnknownReturnsNotFound() {
		exposed((mvc) -> assertStatus(mvc, "/actuator/sockets/other", HttpStatus.NOT_FOUND));
	}

	@Test
	void getConnectionsReturnsPage() {
		String json = "{\"total\": 1, \"connections\": [{%s}]}".formatted(CONNECTION);
		exposed((mvc) -> {
			assertJson(mvc, "/actuator/socketconnections", json);
			assertJson(mvc, "/actuator/socketconnections?server=&user=&group=&address=&offset=0&limit=50", json);
		});
	}

	@Test
	void getConnectionsWhenNoneMatchesReturnsEmptyPage() {
		exposed((mvc) -> assertJson(mvc, "/actuator/socketconnections?address=192.0.2.8",
				"{\"total\": 0, \"connections\": []}"));
	}

	@Test
	void getConnectionsWhenPageIsInvalidReturnsBadRequest() {
		exposed((mvc) -> {
			assertStatus(mvc, "/actuator/socketconnections?offset=-1", HttpStatus.BAD_REQUEST);
			assertStatus(mvc, "/actuator/socketconnections?limit=-1", HttpStatus.BAD_REQUEST);
			assertStatus(mvc, "/actuator/socketconnections?limit=ten", HttpStatus.BAD_REQUEST);
		});
	}

	@Test
	void getConnectionWhenPlainReturnsDetails() {
		exposed((mvc) -> assertJson(mvc, "/actuator/socketconnections/n-0-0-1",
				"{%s, \"localAddress\": \"192.0.2.1:9000\", \"attributes\": []}".formatted(CONNECTION)));
	}

	@Test
	void getConnectionWhenUpgradedOverTlsReturnsDetails() {
		Handshake handshake = mock(Handshake.class);
		given(handshake.path()).willReturn("/live");
		SSLSession session = mock(SSLSession.class);
		given(session.getProtocol()).willReturn("TLSv1.3");
		given(session.getCipherSuite()).willReturn("TLS_AES_128_GCM_SHA256");
		given(this.connection.handshake()).willReturn(Optional.of(handshake));
		given(this.connection.sslSession()).willReturn(Optional.of(session));
		given(this.connection.attributes()).willReturn(Map.of("token", "secret"));
		exposed((mvc) -> assertJson(mvc, "/actuator/socketconnections/n-0-0-1", """
				{%s, "localAddress": "192.0.2.1:9000", "attributes": ["token"],
				 "tls": {"protocol": "TLSv1.3", "cipher": "TLS_AES_128_GCM_SHA256"}, "path": "/live"}"""
			.formatted(CONNECTION)));
	}

	@Test
	void getConnectionWhenUnknownReturnsNotFound() {
		exposed((mvc) -> assertStatus(mvc, "/actuator/socketconnections/other", HttpStatus.NOT_FOUND));
	}

	@Test
	void getWhenNotExposedReturnsNotFound() {
		this.contextRunner.run((context) -> {
			MockMvcTester mvc = MockMvcTester.from(context);
			assertStatus(mvc, "/actuator", HttpStatus.OK);
			assertStatus(mvc, "/actuator/sockets", HttpStatus.NOT_FOUND);
			assertStatus(mvc, "/actuator/socketconnections", HttpStatus.NOT_FOUND);
		});
	}

	@Test
	void postActionWhenAccessIsDefaultReturnsMethodNotAllowed() {
		exposed((mvc) -> {
			assertThat(post(mvc, "echo", "pause")).hasStatus(HttpStatus.METHOD_NOT_ALLOWED);
			assertThat(mvc.delete().uri("/actuator/socketconnections/n-0-0-1"))
				.hasStatus(HttpStatus.METHOD_NOT_ALLOWED);
			then(this.connection).should(never()).close(any(CloseReason.class));
		});
	}

	@Test
	void postActionWhenAccessIsUnrestrictedActsAndReturnsServer() {
		unrestricted((mvc) -> {
			assertThat(post(mvc, "echo", "pause")).hasStatusOk().bodyText().isEqualTo(SERVER.replaceAll("\\s", ""));
			then(this.server).should().pause();
			assertThat(post(mvc, "echo", "resume")).hasStatusOk();
			then(this.server).should().resume();
			assertThat(post(mvc, "echo", "drain")).hasStatusOk();
			then(this.server).should().drain(any());
		});
	}

	@Test
	void postActionWhenServerIsUnknownReturnsNotFound() {
		unrestricted((mvc) -> assertThat(post(mvc, "other", "pause")).hasStatus(HttpStatus.NOT_FOUND));
	}

	@Test
	void postActionWhenActionIsUnknownOrMissingReturnsBadRequest() {
		unrestricted((mvc) -> {
			assertThat(post(mvc, "echo", "explode")).hasStatus(HttpStatus.BAD_REQUEST);
			assertThat(mvc.post().uri("/actuator/sockets/echo").contentType(MediaType.APPLICATION_JSON).content("{}"))
				.hasStatus(HttpStatus.BAD_REQUEST);
		});
	}

	@Test
	void deleteConnectionWhenAccessIsUnrestrictedKicksIt() {
		unrestricted((mvc) -> {
			assertThat(mvc.delete().uri("/actuator/socketconnections/n-0-0-1")).hasStatus(HttpStatus.NO_CONTENT);
			then(this.connection).should().close(CloseReason.KICKED);
		});
	}

	@Test
	void deleteConnectionWhenUnknownReturnsNotFound() {
		unrestricted((mvc) -> assertThat(mvc.delete().uri("/actuator/socketconnections/n-0-0-2"))
			.hasStatus(HttpStatus.NOT_FOUND));
	}

	@Test
	void getCapacityReturnsLimitsServersAndMachine() {
		this.contextRunner
			.withBean(CapacityEstimator.class, () -> new CapacityEstimator(new SocketServers(List.of()), 5))
			.withPropertyValues("management.endpoints.web.exposure.include=socketcapacity")
			.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/actuator/socketcapacity"))
				.hasStatusOk()
				.bodyJson()
				.hasPathSatisfying("$.connections", (value) -> value.assertThat().isEqualTo(5))
				.hasPathSatisfying("$.bindingLimit",
						(value) -> value.assertThat().isEqualTo("holdfast.max-connections"))
				.hasPathSatisfying("$.limits[0].cures.application", (value) -> value.assertThat().isNotEmpty())
				.hasPathSatisfying("$.connectionCosts.tcp.heapBytes", (value) -> value.assertThat().isNotEmpty())
				.hasPath("$.machine.descriptors.open")
				.hasPath("$.machine.heap.max"));
	}

	private static MvcTestResult post(MockMvcTester mvc, String server, String action) {
		return mvc.post()
			.uri("/actuator/sockets/" + server)
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"action\": \"%s\"}".formatted(action))
			.exchange();
	}

	private void unrestricted(ThrowingConsumer<MockMvcTester> test) {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=sockets,socketconnections",
					"management.endpoint.sockets.access=UNRESTRICTED",
					"management.endpoint.socketconnections.access=UNRESTRICTED")
			.run((context) -> test.accept(MockMvcTester.from(context)));
	}

	private void exposed(ThrowingConsumer<MockMvcTester> test) {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=sockets,socketconnections")
			.run((context) -> test.accept(MockMvcTester.from(context)));
	}

	private void assertJson(MockMvcTester mvc, String uri, String expected) {
		assertThat(mvc.get().uri(uri)).hasStatusOk().bodyText().isEqualTo(expected.replaceAll("\\s", ""));
	}

	private void assertStatus(MockMvcTester mvc, String uri, HttpStatus status) {
		assertThat(mvc.get().uri(uri)).hasStatus(status);
	}

}
