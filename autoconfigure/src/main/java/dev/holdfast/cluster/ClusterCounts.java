package dev.holdfast.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.ClusterCount;

/**
 * Counts the connections of a target over all nodes: those of servers from reports, those
 * of users and groups from what nodes have remembered, and single connections by asking
 * their nodes. Thread-safe.
 */
final class ClusterCounts {

	private final ClusterSettings settings;

	private final ClusterTransport transport;

	private final Members members;

	private final Requests requests;

	ClusterCounts(ClusterSettings settings, ClusterTransport transport, Members members, Requests requests) {
		this.settings = settings;
		this.transport = transport;
		this.members = members;
		this.requests = requests;
	}

	/**
	 * Count the connections of a target.
	 * @param target the target
	 * @param local the number of them that this node has
	 * @return the count, at the latest after the deadline
	 */
	CompletableFuture<ClusterCount> count(Target target, long local) {
		Map<String, Members.Member> present = this.members.present();
		Set<String> asked = asked(target);
		asked.retainAll(present.keySet());
		List<CompletableFuture<Part>> parts = new ArrayList<>();
		parts.add(CompletableFuture.completedFuture(new Part(local, Instant.now(), missing(target))));
		if (!asked.isEmpty()) {
			parts.add(ask(target.seenFromOthers(this.settings.nodeId()), asked));
		}
		present.forEach((node, member) -> {
			if (!asked.contains(node) && target.kind() != Target.Kind.CONNECTION) {
				parts.add(read(target, node, member));
			}
		});
		return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
			.thenApply((done) -> sum(parts.stream().map(CompletableFuture::join).toList()));
	}

	private Set<String> missing(Target target) {
		Set<String> missing = this.members.missing();
		if (target.kind() != Target.Kind.CONNECTION) {
			return missing;
		}
		String node = Target.nodeOf(target.name());
		return (node != null && missing.contains(node)) ? Set.of(node) : Set.of();
	}

	private Set<String> asked(Target target) {
		Collection<String> ids = new ArrayList<>(target.except());
		if (target.kind() == Target.Kind.CONNECTION) {
			ids.add(target.name());
		}
		return ids.stream()
			.map(Target::nodeOf)
			.filter(Objects::nonNull)
			.filter((node) -> !this.settings.nodeId().equals(node))
			.collect(Collectors.toCollection(HashSet::new));
	}

	private CompletableFuture<Part> ask(Target target, Set<String> nodes) {
		Map<String, Consumer<ByteBuf>> questions = nodes.stream()
			.collect(Collectors.toMap(Function.identity(), (node) -> target::write));
		return this.requests.ask(RequestKind.COUNT, questions)
			.thenApply((answers) -> new Part(answers.answers().values().stream().mapToLong(ByteBuf::readLong).sum(),
					Instant.now(), answers.silent()));
	}

	private CompletableFuture<Part> read(Target target, String node, Members.Member member) {
		NodeReport report = member.report();
		return switch (target.kind()) {
			case ALL -> part(report.connections(), member);
			case SERVER -> part(report.servers().getOrDefault(target.name(), 0L), member);
			default -> recall(target, node, member);
		};
	}

	private static CompletableFuture<Part> part(long count, Members.Member member) {
		return CompletableFuture.completedFuture(new Part(count, member.at(), Set.of()));
	}

	private CompletableFuture<Part> recall(Target target, String node, Members.Member member) {
		Set<String> fields = target.names()
			.stream()
			.map((name) -> new Membership(kind(target), name).field())
			.collect(Collectors.toSet());
		return this.transport.recall(this.settings.presenceKey(node), fields)
			.toCompletableFuture()
			.thenApply((counts) -> new Part(counts.values().stream().mapToLong(Long::longValue).sum(), member.at(),
					Set.of()))
			.completeOnTimeout(Part.missing(node), this.settings.deadline().toMillis(), TimeUnit.MILLISECONDS)
			.exceptionally((ex) -> Part.missing(node));
	}

	private static Target.Kind kind(Target target) {
		return (target.kind() == Target.Kind.GROUP) ? Target.Kind.GROUP : Target.Kind.USER;
	}

	private static ClusterCount sum(List<Part> parts) {
		long count = 0;
		Instant asOf = Instant.now();
		Set<String> missing = new TreeSet<>();
		for (Part part : parts) {
			count += part.count;
			asOf = (part.asOf != null && part.asOf.isBefore(asOf)) ? part.asOf : asOf;
			missing.addAll(part.missing);
		}
		return new ClusterCount(count, asOf, missing);
	}

	/**
	 * A part of a count. Immutable.
	 *
	 * @param count the number of connections
	 * @param asOf the time of the number, {@code null} if there is none
	 * @param missing the nodes whose number is not known
	 */
	private record Part(long count, @Nullable Instant asOf, Set<String> missing) {

		private static Part missing(String node) {
			return new Part(0, null, Set.of(node));
		}

	}

}
