package dev.holdfast.sample.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import redis.embedded.RedisServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the chat and of the devices with two nodes and a Redis between them.
 */
class TwoNodesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static RedisServer redis;

	private static SampleNode one;

	private static SampleNode two;

	@BeforeAll
	static void start() throws IOException {
		int port = freePort();
		redis = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
		redis.start();
		one = SampleNode.start("one", port);
		two = SampleNode.start("two", port);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> one.http().get().uri("/actuator/sockets").retrieve().body(JsonNode.class),
					(sockets) -> sockets.path("cluster").path("nodes").toString().equals("[\"one\",\"two\"]"));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@AfterAll
	static void stop() throws IOException {
		two.close();
		one.close();
		redis.stop();
	}

	@Test
	void chatWhenMembersAreOnTwoNodesIsOneRoom() {
		try (SocketTestClient alice = one.member("alice", "lobby"); SocketTestClient bob = two.member("bob", "lobby")) {
			await(alice, here("bob"));
			await(bob, here("alice"));
			bob.send("{\"type\":\"typing\"}");
			await(alice, (event) -> is(event, "typing") && "bob".equals(event.path("name").asString()));
			bob.send("{\"type\":\"say\",\"text\":\"hello\"}");
			await(alice, (event) -> is(event, "message") && "hello".equals(event.path("text").asString()));
			bob.close();
			await(alice, (event) -> is(event, "left") && "bob".equals(event.path("name").asString()));
		}
	}

	@Test
	void pushWhenDeviceIsOnTheOtherNodeReachesIt() {
		try (SocketTestClient device = one.device("d1", "north")) {
			awaitConnections(two, "d1", 1);
			assertThat(push("/devices/d1/push")).isEqualTo(HttpStatus.ACCEPTED);
			device.expect("{\"type\":\"blink\"}", PATIENCE);
			assertThat(push("/sites/north/push")).isEqualTo(HttpStatus.ACCEPTED);
			device.expect("{\"type\":\"blink\"}", PATIENCE);
		}
		Awaitility.await().atMost(PATIENCE).until(() -> push("/devices/d1/push"), HttpStatus.NOT_FOUND::equals);
	}

	@Test
	void watchWhenDevicesAreOnTheOtherNodeCountsThem() {
		try (SocketTestClient first = one.device("d2", "east");
				SocketTestClient second = two.device("d3", "east");
				SocketTestClient screen = two.device("screen", "office")) {
			Awaitility.await().atMost(PATIENCE).until(() -> watch(screen, "east"), (count) -> count == 2);
		}
	}

	@Test
	void presenceWhenDeviceMovesToTheOtherNodeStays() {
		try (SocketTestClient screen = two.device("wall", "office")) {
			watch(screen, "west");
			SocketTestClient first = one.device("d4", "west");
			screen.expect(presence(true), PATIENCE);
			SocketTestClient second = two.device("d4", "west");
			screen.expect(presence(true), PATIENCE);
			awaitConnections(one, "d4", 2);
			first.close();
			awaitConnections(two, "d4", 1);
			screen.expectNothing(Duration.ofSeconds(2));
			second.close();
			screen.expect(presence(false), PATIENCE);
		}
	}

	private static String presence(boolean online) {
		return "{\"type\":\"presence\",\"site\":\"west\",\"device\":\"d4\",\"online\":%s}".formatted(online);
	}

	private static int watch(SocketTestClient screen, String site) {
		screen.send("{\"type\":\"watch\",\"site\":\"%s\"}".formatted(site));
		return JsonMapper.shared().readTree(screen.receive(PATIENCE)).path("devices").asInt(-1);
	}

	private static void awaitConnections(SampleNode node, String device, int count) {
		String body = "{\"device\":\"%s\",\"connections\":%d}".formatted(device, count);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> node.http().get().uri("/devices/" + device).retrieve().body(String.class), body::equals);
	}

	private static Object push(String path) {
		ResponseEntity<Void> answer = two.http()
			.post()
			.uri(path)
			.body("{\"type\":\"blink\"}")
			.retrieve()
			.toBodilessEntity();
		return answer.getStatusCode();
	}

	private static Predicate<JsonNode> here(String member) {
		return (event) -> is(event, "here") && event.path("members").toString().equals("[\"" + member + "\"]");
	}

	private static boolean is(JsonNode event, String type) {
		return type.equals(event.path("type").asString());
	}

	private static void await(SocketTestClient client, Predicate<JsonNode> condition) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> JsonMapper.shared().readTree(client.receive(PATIENCE)), condition::test);
	}

}
