package dev.holdfast.handler;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.holdfast.codec.FramingException;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for errors and empty results of each form that a handler may return.
 */
class ResultErrorTests {

	private static HandlerServer server;

	@BeforeAll
	static void start() {
		server = HandlerServer.start(new FailingHandler(), new SharedErrorHandler(),
				"holdfast.servers.test.route.delimiter=\\x20");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "throw", "blocking", "mono", "lateMono", "monoSupplier", "future", "lateFuture", "stage",
			"flux", "lateFlux", "blockingMono", "custom" })
	void failureWhenThereIsSpecificErrorMethodGetsItsReply(String form) {
		try (SocketTestClient client = server.connect()) {
			client.send(form + " state");
			client.expect("state: " + form);
			client.send("ok");
			client.expect("ok");
		}
	}

	@ParameterizedTest
	@CsvSource({ "argument,mono: argument", "unsupported,future: unsupported", "index,blocking: index",
			"io,flux: io;flux again", "cause,cause: inner", "error,error: assertion", "nested,",
			"clone,optional: clone" })
	void failureWhenErrorMethodReturnsFormGetsItsReply(String kind, @Nullable String replies) {
		for (String form : new String[] { "throw", "blocking", "lateMono", "lateFuture" }) {
			try (SocketTestClient client = server.connect()) {
				client.send(form + " " + kind);
				if (replies != null) {
					for (String reply : replies.split(";")) {
						client.expect(reply);
					}
				}
				client.send("ok");
				client.expect("ok");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "emptyMono", "lateEmptyMono", "voidMono", "emptyOptional", "nullFuture",
			"lateNullFuture", "emptyFlux", "blockingNull" })
	void resultWhenEmptySendsNothing(String form) {
		long failed = server.messages().failed();
		try (SocketTestClient client = server.connect()) {
			client.send(form + " x");
			client.send("ok");
			client.expect("ok");
		}
		server.awaitNothingInFlight();
		assertThat(server.messages().failed()).isEqualTo(failed);
	}

	@Test
	void fluxWhenItFailsAfterElementsSendsThemFirst() {
		try (SocketTestClient client = server.connect()) {
			client.send("someFlux state");
			client.expect("1");
			client.expect("2");
			client.expect("state: someFlux");
			client.send("ok");
			client.expect("ok");
		}
	}

	@Test
	void replyWhenFramingCannotCarryItIsAnErrorOfItsOwn() {
		try (SocketTestClient client = server.connect()) {
			for (String form : new String[] { "twoLines", "monoTwoLines", "fluxTwoLines" }) {
				client.send(form + " x");
				client.expect("framing");
			}
		}
	}

	@Test
	void failedWhenErrorsAreCountedCountsEachOnce() {
		long failed = server.messages().failed();
		long handled = server.messages().handled();
		try (SocketTestClient client = server.connect()) {
			client.send("lateMono argument");
			client.expect("mono: argument");
			client.send("blocking index");
			client.expect("blocking: index");
		}
		server.awaitNothingInFlight();
		assertThat(server.messages().failed() - failed).isEqualTo(2);
		assertThat(server.messages().handled() - handled).isEqualTo(2);
	}

	private static Throwable failure(String line) {
		String[] words = line.split(" ");
		return switch (words[1]) {
			case "argument" -> new IllegalArgumentException("argument");
			case "unsupported" -> new UnsupportedOperationException("unsupported");
			case "index" -> new IndexOutOfBoundsException("index");
			case "io" -> new IOException("io");
			case "cause" -> new SecurityException("outer", new ArithmeticException("inner"));
			case "error" -> new AssertionError("assertion");
			case "nested" -> new NegativeArraySizeException("nested");
			case "clone" -> new CloneNotSupportedException("clone");
			default -> new IllegalStateException(words[0]);
		};
	}

	@SocketController
	static class FailingHandler {

		@OnMessage
		String other(String line) {
			return line;
		}

		@OnMessage("throw")
		String fail(String line) throws Throwable {
			throw failure(line);
		}

		@Blocking
		@OnMessage("blocking")
		String blocking(String line) throws Throwable {
			throw failure(line);
		}

		@OnMessage("mono")
		Mono<String> mono(String line) {
			return Mono.error(failure(line));
		}

		@OnMessage("lateMono")
		Mono<String> lateMono(String line) {
			return Mono.<String>error(failure(line)).subscribeOn(Schedulers.parallel());
		}

		@OnMessage("monoSupplier")
		Mono<String> monoSupplier(String line) {
			return Mono.fromCallable(() -> {
				throw new IllegalStateException("monoSupplier");
			});
		}

		@OnMessage("future")
		CompletableFuture<String> future(String line) {
			return CompletableFuture.failedFuture(failure(line));
		}

		@OnMessage("lateFuture")
		CompletableFuture<String> lateFuture(String line) {
			return CompletableFuture.supplyAsync(() -> {
				throw new CompletionException(failure(line));
			});
		}

		@OnMessage("stage")
		CompletionStage<String> stage(String line) {
			return CompletableFuture.failedStage(failure(line));
		}

		@OnMessage("flux")
		Flux<String> flux(String line) {
			return Flux.error(failure(line));
		}

		@OnMessage("lateFlux")
		Flux<String> lateFlux(String line) {
			return Flux.<String>error(failure(line)).subscribeOn(Schedulers.parallel());
		}

		@OnMessage("someFlux")
		Flux<String> someFlux(String line) {
			return Flux.just("1", "2").concatWith(Flux.error(failure(line))).publishOn(Schedulers.parallel());
		}

		@Blocking
		@OnMessage("blockingMono")
		Mono<String> blockingMono(String line) {
			return lateMono(line);
		}

		@OnMessage("custom")
		CompletionStage<String> custom(String line, SocketConnection connection) {
			CompletableFuture<String> future = new CompletableFuture<>();
			future.completeExceptionally(failure(line));
			return future.minimalCompletionStage();
		}

		@OnMessage("null")
		@Nullable String nothing() {
			return null;
		}

		@OnMessage("emptyMono")
		Mono<String> emptyMono() {
			return Mono.empty();
		}

		@OnMessage("lateEmptyMono")
		Mono<String> lateEmptyMono() {
			return Mono.<String>empty().subscribeOn(Schedulers.parallel());
		}

		@OnMessage("voidMono")
		Mono<Void> voidMono() {
			return Mono.fromRunnable(() -> {
			});
		}

		@OnMessage("emptyOptional")
		Optional<String> emptyOptional() {
			return Optional.empty();
		}

		@OnMessage("nullFuture")
		CompletableFuture<@Nullable Void> nullFuture() {
			return CompletableFuture.completedFuture(null);
		}

		@OnMessage("lateNullFuture")
		CompletableFuture<Void> lateNullFuture() {
			return CompletableFuture.runAsync(() -> {
			});
		}

		@OnMessage("emptyFlux")
		Flux<String> emptyFlux() {
			return Flux.<String>empty().subscribeOn(Schedulers.parallel());
		}

		@Blocking
		@OnMessage("blockingNull")
		@Nullable String blockingNull() {
			return null;
		}

		@OnMessage("twoLines")
		String twoLines() {
			return "a\nb";
		}

		@OnMessage("monoTwoLines")
		Mono<String> monoTwoLines() {
			return Mono.just("a\nb").publishOn(Schedulers.parallel());
		}

		@OnMessage("fluxTwoLines")
		Flux<String> fluxTwoLines() {
			return Flux.just("a\nb", "c").publishOn(Schedulers.parallel());
		}

		@OnError
		String state(IllegalStateException ex) {
			return "state: " + ex.getMessage();
		}

		@OnError
		String framing(FramingException ex) {
			return "framing";
		}

		@OnError
		Mono<String> argument(IllegalArgumentException ex) {
			return Mono.just("mono: " + ex.getMessage()).publishOn(Schedulers.parallel());
		}

		@OnError
		Optional<String> cloning(CloneNotSupportedException ex) {
			return Optional.of("optional: " + ex.getMessage());
		}

		@OnError
		Mono<String> nested(NegativeArraySizeException ex) {
			return Mono.<String>error(new IllegalStateException("nested")).subscribeOn(Schedulers.parallel());
		}

	}

	@SocketController
	static class SharedErrorHandler {

		@OnError
		CompletableFuture<String> unsupported(UnsupportedOperationException ex) {
			return CompletableFuture.supplyAsync(() -> "future: " + ex.getMessage());
		}

		@Blocking
		@OnError
		String index(IndexOutOfBoundsException ex) throws InterruptedException {
			Thread.sleep(5);
			return "blocking: " + ex.getMessage();
		}

		@OnError
		Flux<String> io(IOException ex) {
			return Flux.just("flux: " + ex.getMessage(), "flux again");
		}

		@OnError
		String arithmetic(ArithmeticException ex) {
			return "cause: " + ex.getMessage();
		}

		@OnError
		String error(AssertionError ex) {
			return "error: " + ex.getMessage();
		}

	}

}
