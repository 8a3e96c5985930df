package dev.holdfast.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.Connections;
import dev.holdfast.server.ConnectionFilter;

/**
 * Finds connections on all nodes: asks each how many it has, then those that the page
 * falls on for its part of it. Thread-safe.
 */
final class ClusterListing {

	private final String self;

	private final Connections local;

	private final Members members;

	private final Requests requests;

	ClusterListing(String self, Connections local, Members members, Requests requests) {
		this.self = self;
		this.local = local;
		this.members = members;
		this.requests = requests;
	}

	CompletableFuture<ConnectionListing> list(ConnectionFilter filter, long offset, int limit) {
		ConnectionQuery all = new ConnectionQuery(filter, offset, limit);
		Map<String, Consumer<ByteBuf>> questions = new LinkedHashMap<>();
		this.members.present().keySet().forEach((node) -> questions.put(node, all::write));
		return this.requests.ask(RequestKind.TOTAL, questions).thenCompose((answers) -> {
			Map<String, Long> totals = new TreeMap<>();
			answers.answers().forEach((node, answer) -> totals.put(node, answer.readLong()));
			totals.put(this.self, all.total(this.local));
			Set<String> missing = new HashSet<>(this.members.missing());
			missing.addAll(answers.silent());
			return page(all, totals, missing);
		});
	}

	private CompletableFuture<ConnectionListing> page(ConnectionQuery query, Map<String, Long> totals,
			Set<String> missing) {
		Map<String, ConnectionQuery> parts = parts(query, totals);
		Map<String, Consumer<ByteBuf>> questions = new LinkedHashMap<>();
		parts.forEach((node, part) -> {
			if (!node.equals(this.self)) {
				questions.put(node, part::write);
			}
		});
		return this.requests.ask(RequestKind.LIST, questions).thenApply((answers) -> {
			missing.addAll(answers.silent());
			List<ConnectionInfo> connections = new ArrayList<>();
			parts.forEach((node, part) -> {
				ByteBuf answer = answers.answers().get(node);
				connections.addAll(node.equals(this.self) ? part.select(this.local) : read(answer));
			});
			long total = totals.values().stream().mapToLong(Long::longValue).sum();
			return new ConnectionListing(total, connections, missing);
		});
	}

	private static Map<String, ConnectionQuery> parts(ConnectionQuery query, Map<String, Long> totals) {
		Map<String, ConnectionQuery> parts = new LinkedHashMap<>();
		long skip = query.offset();
		int rest = query.limit();
		for (Map.Entry<String, Long> node : totals.entrySet()) {
			int here = (int) Math.min(Math.max(node.getValue() - skip, 0), rest);
			if (here > 0) {
				parts.put(node.getKey(), new ConnectionQuery(query.filter(), skip, here));
			}
			rest -= here;
			skip = Math.max(skip - node.getValue(), 0);
		}
		return parts;
	}

	private static List<ConnectionInfo> read(@Nullable ByteBuf answer) {
		List<ConnectionInfo> connections = new ArrayList<>();
		while (answer != null && answer.isReadable()) {
			connections.add(ConnectionInfo.read(answer));
		}
		return connections;
	}

	CompletableFuture<Optional<ConnectionInfo>> find(String connectionId) {
		String node = Target.nodeOf(connectionId);
		if (node == null || node.equals(this.self) || !this.members.present().containsKey(node)) {
			return CompletableFuture.completedFuture(this.local.find(connectionId).map(ConnectionInfo::of));
		}
		return this.requests.ask(RequestKind.DETAILS, Map.of(node, (out) -> Wire.writeText(out, connectionId)))
			.thenApply((answers) -> read(answers.answers().get(node)).stream().findFirst());
	}

}
