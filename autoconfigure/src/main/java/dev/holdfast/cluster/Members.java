package dev.holdfast.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The other nodes, as their reports tell. A node counts while its last report is fresh,
 * is missing for a while afterwards, and is then forgotten. Thread-safe.
 */
final class Members {

	private final Map<String, Member> members = new ConcurrentHashMap<>();

	private final long lostNanos;

	private final long forgottenNanos;

	private final LongSupplier nanoTime;

	Members(ClusterSettings settings, LongSupplier nanoTime) {
		this.lostNanos = settings.lostAfter().toNanos();
		this.forgottenNanos = settings.forgottenAfter().toNanos();
		this.nanoTime = nanoTime;
	}

	/**
	 * Take the report of a node.
	 * @param header who sent it
	 * @param report the report
	 * @return whether the node is new, or counts again
	 */
	boolean reported(PacketHeader header, NodeReport report) {
		Member before = this.members.put(header.node(),
				new Member(header.incarnation(), report, Instant.now(), this.nanoTime.getAsLong()));
		return before == null || before.incarnation != header.incarnation() || isLost(before);
	}

	void left(PacketHeader header) {
		this.members.computeIfPresent(header.node(),
				(node, member) -> (member.incarnation == header.incarnation()) ? null : member);
	}

	/**
	 * Forget nodes that have been missing for long.
	 * @return their ids
	 */
	Set<String> forget() {
		Set<String> forgotten = nodes((member) -> age(member) >= this.forgottenNanos);
		forgotten.forEach(this.members::remove);
		return forgotten;
	}

	/**
	 * Return the nodes that count.
	 * @return their last reports by id
	 */
	Map<String, Member> present() {
		return this.members.entrySet()
			.stream()
			.filter((entry) -> !isLost(entry.getValue()))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	int presentCount() {
		int count = 0;
		for (Member member : this.members.values()) {
			count += isLost(member) ? 0 : 1;
		}
		return count;
	}

	/**
	 * Return the nodes that should have reported and did not.
	 * @return their ids
	 */
	Set<String> missing() {
		return nodes(this::isLost);
	}

	private Set<String> nodes(Predicate<Member> condition) {
		List<String> nodes = this.members.entrySet()
			.stream()
			.filter((entry) -> condition.test(entry.getValue()))
			.map(Map.Entry::getKey)
			.toList();
		return Set.copyOf(nodes);
	}

	private boolean isLost(Member member) {
		return age(member) >= this.lostNanos;
	}

	private long age(Member member) {
		return this.nanoTime.getAsLong() - member.receivedAt;
	}

	/**
	 * Another node. Immutable.
	 *
	 * @param incarnation the number that the node drew when it started
	 * @param report its last report
	 * @param at when the report came
	 * @param receivedAt the same, as {@link System#nanoTime()} has it
	 */
	record Member(long incarnation, NodeReport report, Instant at, long receivedAt) {

	}

}
