package dev.holdfast.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;

/**
 * Questions to other nodes and the answers that came in time. Thread-safe.
 */
final class Requests {

	private final BiConsumer<String, byte[]> publisher;

	private final ClusterExecutor executor;

	private final Duration deadline;

	private final AtomicLong ids = new AtomicLong();

	private final Map<Long, Question> questions = new ConcurrentHashMap<>();

	/**
	 * Create new {@link Requests}.
	 * @param publisher publishes a frame to a node
	 * @param executor watches the deadlines
	 * @param deadline how long to wait for answers
	 */
	Requests(BiConsumer<String, byte[]> publisher, ClusterExecutor executor, Duration deadline) {
		this.publisher = publisher;
		this.executor = executor;
		this.deadline = deadline;
	}

	/**
	 * Ask each of some nodes.
	 * @param kind what is asked
	 * @param bodies writes the question to each node, by the id of the node
	 * @return the answers, as soon as all are there or the deadline is over
	 */
	CompletableFuture<Answers> ask(RequestKind kind, Map<String, Consumer<ByteBuf>> bodies) {
		if (bodies.isEmpty()) {
			return CompletableFuture.completedFuture(new Answers(Map.of(), Set.of()));
		}
		long id = this.ids.incrementAndGet();
		Question question = new Question(bodies.keySet());
		this.questions.put(id, question);
		bodies.forEach((node, body) -> this.publisher.accept(node, Wire.frame(FrameType.REQUEST, (out) -> {
			out.writeLong(id).writeByte(kind.ordinal());
			body.accept(out);
		})));
		this.executor.schedule(question::end, this.deadline.toMillis());
		return question.future.whenComplete((answers, ex) -> this.questions.remove(id));
	}

	void answered(String node, ByteBuf reply) {
		Question question = this.questions.get(reply.readLong());
		if (question != null) {
			question.answered(node, reply);
		}
	}

	/**
	 * What nodes answered. Immutable.
	 *
	 * @param answers the answers by the id of the node
	 * @param silent the ids of the nodes that did not answer in time
	 */
	record Answers(Map<String, ByteBuf> answers, Set<String> silent) {

	}

	/**
	 * A question that waits for answers. Thread-safe.
	 */
	private static final class Question {

		private final CompletableFuture<Answers> future = new CompletableFuture<>();

		private final Set<String> silent = ConcurrentHashMap.newKeySet();

		private final Map<String, ByteBuf> answers = new ConcurrentHashMap<>();

		private Question(Set<String> nodes) {
			this.silent.addAll(nodes);
		}

		private synchronized void answered(String node, ByteBuf answer) {
			if (this.silent.remove(node)) {
				this.answers.put(node, answer);
			}
			if (this.silent.isEmpty()) {
				end();
			}
		}

		private synchronized void end() {
			this.future.complete(new Answers(Map.copyOf(this.answers), Set.copyOf(this.silent)));
		}

	}

}
