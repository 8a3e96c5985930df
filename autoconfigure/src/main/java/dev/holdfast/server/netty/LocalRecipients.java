package dev.holdfast.server.netty;

import java.time.Instant;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ClusterCount;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

/**
 * {@link Recipients} of this node. Immutable.
 */
final class LocalRecipients implements Recipients {

	private final LongFunction<Stream<NettyConnection>> source;

	private final @Nullable LongSupplier counter;

	/**
	 * Create new {@link LocalRecipients}.
	 * @param source gives the connections behind the first few
	 * @param counter counts the connections, {@code null} if the source has to be walked
	 */
	LocalRecipients(LongFunction<Stream<NettyConnection>> source, @Nullable LongSupplier counter) {
		this.source = source;
		this.counter = counter;
	}

	@Override
	public long send(Object message) {
		Assert.notNull(message, "'message' must not be null");
		Broadcast broadcast = new Broadcast(message);
		try {
			this.source.apply(0).forEach(broadcast::add);
			return broadcast.send();
		}
		finally {
			broadcast.release();
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public Recipients except(SocketConnection connection) {
		return without((candidate) -> candidate == connection);
	}

	@Override
	public Recipients except(String connectionId) {
		return without((candidate) -> candidate.hasId(connectionId));
	}

	private Recipients without(Predicate<NettyConnection> excluded) {
		return new LocalRecipients((offset) -> this.source.apply(0).filter(Predicate.not(excluded)).skip(offset), null);
	}

	@Override
	public long join(String group) {
		return stream().filter((connection) -> connection.join(group)).count();
	}

	@Override
	public long leave(String group) {
		return stream().filter((connection) -> connection.leave(group)).count();
	}

	@Override
	public long close(CloseReason reason) {
		return stream().peek((connection) -> connection.close(reason)).mapToLong((connection) -> 1).sum();
	}

	@Override
	public long count() {
		return (this.counter != null) ? this.counter.getAsLong() : stream().mapToLong((connection) -> 1).sum();
	}

	@Override
	public Mono<ClusterCount> clusterCount() {
		return Mono.fromSupplier(() -> new ClusterCount(count(), Instant.now(), Set.of()));
	}

	@Override
	public Stream<SocketConnection> stream() {
		return stream(0);
	}

	@Override
	public Stream<SocketConnection> stream(long offset) {
		Assert.isTrue(offset >= 0, "'offset' must not be negative");
		return this.source.apply(offset).filter(SocketConnection::isOpen).map(SocketConnection.class::cast);
	}

}
