package dev.holdfast.handler;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.SocketConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlerReflectiveProcessor}.
 */
class HandlerReflectiveProcessorTests {

	private final RuntimeHints hints = new RuntimeHints();

	@Test
	void registerWhenMethodsAreAnnotatedLetsThemBeInvoked() throws Exception {
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, HintedHandler.class);
		for (String method : List.of("handshake", "open", "login", "list", "close", "writable", "failed")) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(HintedHandler.class, method)).as(method)
				.accepts(this.hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(HintedHandler.class, "other"))
			.rejects(this.hints);
	}

	@Test
	void registerWhenPayloadsAndRepliesAreJsonBindsThem() {
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, HintedHandler.class);
		for (Class<?> type : List.of(Login.class, Address.class, Welcome.class, Reading.class, Row.class,
				Event.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).as(type.getSimpleName())
				.accepts(this.hints);
		}
		for (Class<?> type : List.of(SocketConnection.class, Mono.class, Flux.class, CompletableFuture.class)) {
			assertThat(RuntimeHintsPredicates.reflection().onType(type)).as(type.getSimpleName()).rejects(this.hints);
		}
	}

	@Test
	void registerWhenFunctionSuspendsBindsItsResult() {
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, DataHandler.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(DataHandler.class, "reading"))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(dev.holdfast.handler.Reading.class)).accepts(this.hints);
	}

	record Login(String name, Address address) {

	}

	record Address(String city) {

	}

	record Welcome(String text) {

	}

	record Reading(double value) {

	}

	record Row(int id) {

	}

	record Event(String what) {

	}

	@SocketController
	static class HintedHandler {

		@OnHandshake
		boolean handshake() {
			return true;
		}

		@OnOpen
		Flux<Event> open(SocketConnection connection) {
			return Flux.empty();
		}

		@OnMessage("login")
		Mono<Welcome> login(Login login, @Route String route) {
			return Mono.empty();
		}

		@OnMessage
		CompletableFuture<List<Row>> list(List<Reading> readings) {
			return new CompletableFuture<>();
		}

		@OnClose
		void close() {
		}

		@OnWritable
		void writable() {
		}

		@OnError
		String failed(Exception ex) {
			return "failed";
		}

		void other() {
		}

	}

}
