package dev.holdfast.cluster;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.Connections;

/**
 * Tells the others how many connections this node has of each user and group: changes in
 * batches, one at a time, and everything anew when it was forgotten. Confined to an
 * executor that runs one task at a time.
 */
final class Presence {

	private static final int BATCH = 512;

	private final ClusterSettings settings;

	private final ClusterTransport transport;

	private final Connections connections;

	private final Executor executor;

	private final String key;

	private final Map<String, Long> changes = new HashMap<>();

	private boolean sending;

	private boolean stale = true;

	private boolean announcing;

	private boolean stopped;

	Presence(ClusterSettings settings, ClusterTransport transport, Connections connections, Executor executor) {
		this.settings = settings;
		this.transport = transport;
		this.connections = connections;
		this.executor = executor;
		this.key = settings.presenceKey(settings.nodeId());
	}

	void changed(Membership membership, long count) {
		this.changes.put(membership.field(), count);
	}

	/**
	 * Send what changed.
	 */
	void flush() {
		if (!this.sending && !this.stale && !this.stopped && !this.changes.isEmpty()) {
			send(this.transport.remember(this.key, batch(), this.settings.forgottenAfter()), this::flushed);
		}
	}

	private Map<String, Long> batch() {
		Map<String, Long> batch = new HashMap<>();
		Iterator<Map.Entry<String, Long>> entries = this.changes.entrySet().iterator();
		while (entries.hasNext() && batch.size() < BATCH) {
			Map.Entry<String, Long> entry = entries.next();
			batch.put(entry.getKey(), entry.getValue());
			entries.remove();
		}
		return batch;
	}

	private void flushed(@Nullable Boolean existed) {
		if (this.announcing || Boolean.TRUE.equals(existed)) {
			this.announcing = false;
			flush();
		}
		else {
			announce();
		}
	}

	/**
	 * Keep what was sent from being forgotten, and send everything if it was.
	 */
	void refresh() {
		if (this.sending || this.stopped) {
			return;
		}
		if (this.stale) {
			send(this.transport.forget(this.key), (done) -> announce());
		}
		else {
			send(this.transport.remember(this.key, Map.of(), this.settings.forgottenAfter()), (existed) -> {
				if (!Boolean.TRUE.equals(existed)) {
					announce();
				}
			});
		}
	}

	private void announce() {
		this.stale = false;
		this.announcing = true;
		this.connections.users().stream().map(Membership::user).forEach(this::announce);
		this.connections.groups().stream().map(Membership::group).forEach(this::announce);
		flush();
	}

	private void announce(Membership membership) {
		long count = membership.count(this.connections);
		if (count > 0) {
			changed(membership, count);
		}
	}

	/**
	 * Send everything as soon as that is possible.
	 */
	void connected() {
		this.stale = true;
		refresh();
	}

	/**
	 * Have what was sent forgotten. Called once no other method runs.
	 * @return completes when it was
	 */
	CompletionStage<Void> stop() {
		this.stopped = true;
		return this.transport.forget(this.key);
	}

	private <T> void send(CompletionStage<T> stage, Consumer<@Nullable T> next) {
		this.sending = true;
		stage.whenComplete((value, ex) -> this.executor.execute(() -> {
			this.sending = false;
			if (ex != null) {
				this.stale = true;
			}
			else {
				next.accept(value);
			}
		}));
	}

}
