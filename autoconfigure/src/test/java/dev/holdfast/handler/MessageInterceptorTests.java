package dev.holdfast.handler;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link MessageInterceptor}.
 */
class MessageInterceptorTests {

	private static final String ROUTED = "holdfast.servers.test.route.delimiter=\\x20";

	private final List<String> calls = new CopyOnWriteArrayList<>();

	@BeforeEach
	void clear() {
		this.calls.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sync", "scalar", "mono", "flux", "blocking", "blockingMono" })
	void messageWhenHandledIsWrappedInOrder(String form) {
		try (HandlerServer server = start(); SocketTestClient client = server.connect()) {
			client.expect("opened");
			client.send(form + " x");
			client.expect("done");
			await().until(() -> this.calls.size() == 7);
			assertThat(this.calls).containsExactly("before a " + form + " x", "before b " + form + " x", "handler",
					"returned b", "returned a", "after b null", "after a null");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "fail", "failMono", "failBlocking" })
	void messageWhenItFailsIsReportedOnceEach(String form) {
		try (HandlerServer server = start(); SocketTestClient client = server.connect()) {
			client.expect("opened");
			client.send(form + " x");
			client.expect("sorry");
			await().until(() -> this.calls.size() == 7);
			client.send("sync x");
			client.expect("done");
			assertThat(this.calls.subList(0, 7)).containsExactly("before a " + form + " x", "before b " + form + " x",
					"handler", "returned b", "returned a", "after b on purpose", "after a on purpose");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sync", "blocking" })
	void messageWhenBeforeThrowsFailsAndTellsOnlyThoseBefore(String form) {
		try (HandlerServer server = start(); SocketTestClient client = server.connect()) {
			client.expect("opened");
			client.send(form + " stop");
			client.expect("sorry");
			await().until(() -> this.calls.size() == 4);
			assertThat(this.calls).containsExactly("before a " + form + " stop", "before b " + form + " stop",
					"returned a", "after a stopped");
		}
	}

	@Test
	void messageWhenAfterThrowsErrorIsAnsweredAllTheSame() {
		MessageInterceptor broken = new MessageInterceptor() {

			@Override
			public void after(MessageContext context, @Nullable Throwable error) {
				throw new AssertionError("on purpose");
			}

		};
		try (HandlerServer server = HandlerServer.start(new WrappedHandler(this.calls), broken, ROUTED);
				SocketTestClient client = server.connect()) {
			client.expect("opened");
			for (String form : List.of("sync", "mono", "blocking", "sync")) {
				client.send(form + " x");
				client.expect("done");
			}
		}
	}

	private HandlerServer start() {
		return HandlerServer.start(new Recorder("b", 2, this.calls), new WrappedHandler(this.calls),
				new Recorder("a", 1, this.calls), ROUTED);
	}

	private record Recorder(String name, int order, List<String> calls) implements MessageInterceptor, Ordered {

		@Override
		public int getOrder() {
			return this.order;
		}

		@Override
		public void before(MessageContext context) {
			String payload = context.payload().toString(StandardCharsets.UTF_8);
			this.calls.add("before " + this.name + " " + payload);
			if (this.name.equals("b") && payload.endsWith("stop")) {
				throw new IllegalStateException("stopped");
			}
			assertThat(context.attributes().put(this.name, context.connection())).isNull();
		}

		@Override
		public void returned(MessageContext context) {
			assertThat(context.attributes()).containsEntry(this.name, context.connection());
			this.calls.add("returned " + this.name);
		}

		@Override
		public void after(MessageContext context, @Nullable Throwable error) {
			assertThat(context.attributes()).containsEntry(this.name, context.connection());
			this.calls.add("after " + this.name + " " + ((error != null) ? error.getMessage() : null));
		}

	}

	@SocketController
	record WrappedHandler(List<String> calls) {

		@Blocking
		@OnOpen
		String opened() {
			return "opened";
		}

		@OnMessage("sync")
		String sync() {
			this.calls.add("handler");
			return "done";
		}

		@OnMessage("scalar")
		Mono<String> scalar() {
			return Mono.just(sync());
		}

		@OnMessage("mono")
		Mono<String> mono() {
			return Mono.just(sync()).publishOn(Schedulers.parallel());
		}

		@OnMessage("flux")
		Flux<String> flux() {
			return Flux.just(sync()).publishOn(Schedulers.parallel());
		}

		@Blocking
		@OnMessage("blocking")
		String blocking() {
			return sync();
		}

		@Blocking
		@OnMessage("blockingMono")
		Mono<String> blockingMono() {
			return mono();
		}

		@OnMessage("fail")
		String fail() {
			sync();
			throw new IllegalStateException("on purpose");
		}

		@OnMessage("failMono")
		Mono<String> failMono() {
			sync();
			return Mono.<String>error(new IllegalStateException("on purpose")).publishOn(Schedulers.parallel());
		}

		@Blocking
		@OnMessage("failBlocking")
		String failBlocking() {
			return fail();
		}

		@OnError
		Mono<String> sorry(IllegalStateException ex) {
			return Mono.just("sorry").publishOn(Schedulers.parallel());
		}

	}

}
