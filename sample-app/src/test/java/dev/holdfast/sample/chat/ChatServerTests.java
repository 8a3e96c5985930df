package dev.holdfast.sample.chat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.holdfast.sample.SampleTest;
import dev.holdfast.test.LocalSocketPort;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatHandler} and {@link ChatController}.
 */
@SampleTest
class ChatServerTests {

	private final JsonMapper mapper = JsonMapper.shared();

	@LocalSocketPort("live")
	int port;

	@Test
	void joinWhenFirstFindsOnlyItself() {
		try (SocketTestClient alice = connect()) {
			JsonNode joined = join(alice, "alice", "r1");
			assertThat(joined.path("room").asString()).isEqualTo("r1");
			assertThat(joined.path("name").asString()).isEqualTo("alice");
			assertThat(joined.path("members").toString()).isEqualTo("[\"alice\"]");
		}
	}

	@Test
	void joinWhenOthersAreThereFindsThemAndIsAnnounced() {
		try (SocketTestClient alice = connect(); SocketTestClient bob = connect()) {
			String node = join(alice, "alice", "r2").path("node").asString();
			assertThat(join(bob, "bob", "r2").path("members").toString()).isEqualTo("[\"alice\",\"bob\"]");
			alice.expect("{\"type\":\"entered\",\"node\":\"%s\",\"name\":\"bob\"}".formatted(node));
		}
	}

	@Test
	void joinWhenInAnotherRoomLeavesIt() {
		try (SocketTestClient alice = connect(); SocketTestClient bob = connect()) {
			join(alice, "alice", "r3");
			join(bob, "bob", "r3");
			assertType(alice, "entered");
			assertThat(join(bob, "bob", "r4").path("members").toString()).isEqualTo("[\"bob\"]");
			assertThat(read(alice).path("type").asString()).isEqualTo("left");
		}
	}

	@Test
	void sayWhenInRoomReachesEveryoneOfIt() {
		try (SocketTestClient alice = connect(); SocketTestClient bob = connect(); SocketTestClient eve = connect()) {
			join(alice, "alice", "r5");
			join(bob, "bob", "r5");
			join(eve, "eve", "r6");
			assertType(alice, "entered");
			alice.send("{\"type\":\"say\",\"text\":\"<b>hi</b>\"}");
			assertSaid(alice, "alice", "<b>hi</b>");
			assertSaid(bob, "alice", "<b>hi</b>");
			eve.send("{\"type\":\"ping\"}");
			eve.expect("{\"type\":\"pong\"}");
		}
	}

	@Test
	void typingWhenInRoomReachesTheOthers() {
		try (SocketTestClient alice = connect(); SocketTestClient bob = connect()) {
			join(alice, "alice", "r7");
			join(bob, "bob", "r7");
			bob.send("{\"type\":\"typing\"}");
			assertType(alice, "entered");
			alice.expect("{\"type\":\"typing\",\"name\":\"bob\"}");
			bob.send("{\"type\":\"ping\"}");
			bob.expect("{\"type\":\"pong\"}");
		}
	}

	@Test
	void closeWhenNameIsStillThereIsNotAnnounced() {
		try (SocketTestClient alice = connect(); SocketTestClient bob = connect()) {
			join(alice, "alice", "r8");
			join(bob, "bob", "r8");
			assertType(alice, "entered");
			SocketTestClient second = connect();
			join(second, "bob", "r8");
			assertType(alice, "entered");
			second.close();
			bob.send("{\"type\":\"say\",\"text\":\"still here\"}");
			assertSaid(alice, "bob", "still here");
			bob.close();
			assertType(alice, "left");
		}
	}

	@Test
	void messageWhenOutsideOfRoomOrWrongIsAnsweredWithError() {
		try (SocketTestClient alice = connect()) {
			alice.send("{\"type\":\"say\",\"text\":\"hi\"}");
			alice.expect("{\"type\":\"error\",\"message\":\"Join a room first\"}");
			alice.send("{\"type\":\"join\",\"name\":\" \",\"room\":\"r9\"}");
			alice.expect("{\"type\":\"error\",\"message\":\"Payload is not valid: name must not be blank\"}");
			alice.send("hello");
			assertType(alice, "error");
		}
	}

	@Test
	void roomsWhenSomeHaveMembersCountsThem() {
		try (SocketTestClient alice = connect()) {
			join(alice, "alice", "r10");
			alice.send("{\"type\":\"rooms\"}");
			assertThat(read(alice).path("rooms").path("r10").asInt()).isEqualTo(1);
		}
	}

	@Test
	void pageWhenAskedForIsThereAndKnowsTheServer(@LocalServerPort int httpPort) {
		RestClient http = RestClient.create("http://localhost:" + httpPort);
		assertThat(http.get().uri("/").retrieve().body(String.class)).contains("<title>Holdfast chat</title>");
		assertThat(http.get().uri("/chat/server").retrieve().body(String.class))
			.isEqualTo("{\"url\":null,\"port\":%d,\"path\":\"/live\"}".formatted(this.port));
	}

	private SocketTestClient connect() {
		return SocketTestClient.to(this.port).webSocket("/live").connect();
	}

	private JsonNode join(SocketTestClient client, String name, String room) {
		client.send("{\"type\":\"join\",\"name\":\"%s\",\"room\":\"%s\"}".formatted(name, room));
		JsonNode joined = read(client);
		assertThat(joined.path("type").asString()).isEqualTo("joined");
		return joined;
	}

	private void assertType(SocketTestClient client, String type) {
		assertThat(read(client).path("type").asString()).isEqualTo(type);
	}

	private void assertSaid(SocketTestClient client, String from, String text) {
		JsonNode message = read(client);
		assertThat(message.path("type").asString()).isEqualTo("message");
		assertThat(message.path("from").asString()).isEqualTo(from);
		assertThat(message.path("text").asString()).isEqualTo(text);
	}

	private JsonNode read(SocketTestClient client) {
		return this.mapper.readTree(client.receive());
	}

}
