package dev.holdfast.handler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the types of payloads and replies.
 */
class PayloadTypesTests {

	private static final PayloadHandler handler = new PayloadHandler();

	private static HandlerServer server;

	@BeforeAll
	static void start() {
		server = HandlerServer.start(handler, "holdfast.servers.test.route.json-field=type");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "record | {\"type\":\"record\",\"value\":2} | {\"type\":\"record\",\"value\":3}",
					"map | {\"type\":\"map\",\"value\":2} | {\"size\":2}", "node | {\"type\":\"node\",\"value\":2} | 2",
					"bytes | {\"type\":\"bytes\"} | {\"type\":\"bytes\"}",
					"buffer | {\"type\":\"buffer\"} | {\"type\":\"buffer\"}",
					"netty | {\"type\":\"netty\"} | {\"type\":\"netty\"}",
					"blockingNetty | {\"type\":\"blockingNetty\"} | {\"type\":\"blockingNetty\"}",
					"list | [{\"type\":\"a\",\"value\":1},{\"type\":\"b\",\"value\":2}] | a1b2" })
	void payloadWhenParameterHasTypeIsConverted(String form, String message, String reply) {
		try (SocketTestClient client = server.connect()) {
			client.send(message);
			client.expect(reply);
		}
	}

	@Test
	void byteBufWhenRetainedStaysIntactWhileMoreArrives() {
		handler.kept.clear();
		try (SocketTestClient client = server.connect()) {
			for (int i = 0; i < 1000; i++) {
				client.send("{\"type\":\"keep\",\"value\":" + i + "}");
			}
			await().until(() -> handler.kept.size() == 1000);
			for (int i = 0; i < 1000; i++) {
				assertThat(handler.kept.get(i).toString(StandardCharsets.UTF_8))
					.isEqualTo("{\"type\":\"keep\",\"value\":" + i + "}");
			}
		}
		handler.kept.forEach(ByteBuf::release);
		await().until(() -> handler.kept.stream().allMatch((buffer) -> buffer.refCnt() == 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "see", "seeBlocking" })
	void byteBufWhenNotRetainedIsReleased(String form) {
		handler.seen.clear();
		try (SocketTestClient client = server.connect()) {
			for (int i = 0; i < 10; i++) {
				client.send("{\"type\":\"" + form + "\",\"value\":" + i + "}");
				client.expect("seen");
			}
		}
		server.awaitNothingInFlight();
		await().until(() -> handler.seen.stream().allMatch((buffer) -> buffer.refCnt() == 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "give", "giveMono", "giveBlocking", "giveFlux" })
	void byteBufWhenReturnedIsReleased(String form) {
		handler.given.clear();
		try (SocketTestClient client = server.connect()) {
			client.send("{\"type\":\"" + form + "\"}");
			client.expect("given");
		}
		await().until(() -> handler.given.size() == 1 && handler.given.get(0).refCnt() == 0);
	}

	@Test
	void byteBufWhenReturnedAfterCloseIsReleased() {
		handler.given.clear();
		try (SocketTestClient client = server.connect()) {
			client.send("{\"type\":\"giveLate\"}");
			await().until(() -> server.messages().inFlight() == 1);
			client.reset();
		}
		await().until(() -> handler.given.size() == 1 && handler.given.get(0).refCnt() == 0);
	}

	record Reading(String type, int value) {

	}

	@SocketController
	static class PayloadHandler {

		final List<ByteBuf> kept = new CopyOnWriteArrayList<>();

		final List<ByteBuf> seen = new CopyOnWriteArrayList<>();

		final List<ByteBuf> given = new CopyOnWriteArrayList<>();

		@OnMessage("record")
		Reading reading(Reading reading) {
			return new Reading(reading.type(), reading.value() + 1);
		}

		@OnMessage
		String list(List<Reading> readings) {
			StringBuilder text = new StringBuilder();
			readings.forEach((reading) -> text.append(reading.type()).append(reading.value()));
			return text.toString();
		}

		@OnMessage("map")
		Map<String, Integer> map(Map<String, Object> map) {
			return Map.of("size", map.size());
		}

		@OnMessage("node")
		String node(JsonNode node) {
			return node.path("value").asString();
		}

		@OnMessage("bytes")
		byte[] bytes(byte[] bytes) {
			return bytes;
		}

		@OnMessage("buffer")
		ByteBuffer buffer(ByteBuffer buffer) {
			return buffer;
		}

		@OnMessage("netty")
		ByteBuf netty(ByteBuf buffer) {
			return buffer.retain();
		}

		@Blocking
		@OnMessage("blockingNetty")
		ByteBuf blockingNetty(ByteBuf buffer) {
			return buffer.retain();
		}

		@OnMessage("keep")
		void keep(ByteBuf buffer) {
			this.kept.add(buffer.retain());
		}

		@OnMessage("see")
		String see(ByteBuf buffer) {
			this.seen.add(buffer);
			return (buffer.refCnt() > 0) ? "seen" : "gone";
		}

		@Blocking
		@OnMessage("seeBlocking")
		String seeBlocking(ByteBuf buffer) throws InterruptedException {
			Thread.sleep(2);
			return see(buffer);
		}

		@OnMessage("give")
		ByteBuf give() {
			ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer();
			buffer.writeCharSequence("given", StandardCharsets.UTF_8);
			this.given.add(buffer);
			return buffer;
		}

		@OnMessage("giveMono")
		Mono<ByteBuf> giveMono() {
			return Mono.fromCallable(this::give).subscribeOn(Schedulers.parallel());
		}

		@OnMessage("giveFlux")
		Flux<ByteBuf> giveFlux() {
			return giveMono().flux();
		}

		@Blocking
		@OnMessage("giveBlocking")
		ByteBuf giveBlocking() {
			return give();
		}

		@Blocking(interrupt = true)
		@OnMessage("giveLate")
		ByteBuf giveLate() {
			try {
				Thread.sleep(10_000);
			}
			catch (InterruptedException ex) {
				return give();
			}
			return give();
		}

	}

}
