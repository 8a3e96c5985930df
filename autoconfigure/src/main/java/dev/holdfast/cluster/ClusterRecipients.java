package dev.holdfast.cluster;

import java.util.stream.Stream;

import io.netty.util.ReferenceCountUtil;
import org.springframework.util.Assert;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ClusterCount;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

/**
 * {@link Recipients} of all nodes: those of this node are served first, then the others
 * are told. Immutable.
 */
final class ClusterRecipients implements Recipients {

	private final ClusterNode node;

	private final Target target;

	private final Recipients local;

	ClusterRecipients(ClusterNode node, Target target, Recipients local) {
		this.node = node;
		this.target = target;
		this.local = local;
	}

	@Override
	public long send(Object message) {
		Assert.notNull(message, "'message' must not be null");
		if (this.node.isHere(this.target)) {
			return this.local.send(message);
		}
		Payload payload = encode(message);
		long taken = this.local.send(message);
		this.node.publish(FrameType.SEND, this.target, payload::write);
		return taken;
	}

	private Payload encode(Object message) {
		try {
			return this.node.encode(message);
		}
		catch (RuntimeException ex) {
			ReferenceCountUtil.release(message);
			throw ex;
		}
	}

	@Override
	public Recipients except(SocketConnection connection) {
		return new ClusterRecipients(this.node, this.target.without(connection.id()), this.local.except(connection));
	}

	@Override
	public Recipients except(String connectionId) {
		return new ClusterRecipients(this.node, this.target.without(connectionId), this.local.except(connectionId));
	}

	@Override
	public long join(String group) {
		long joined = this.local.join(group);
		publish(FrameType.JOIN, group);
		return joined;
	}

	@Override
	public long leave(String group) {
		long left = this.local.leave(group);
		publish(FrameType.LEAVE, group);
		return left;
	}

	@Override
	public long close(CloseReason reason) {
		long closed = this.local.close(reason);
		publish(FrameType.CLOSE, reason.name());
		return closed;
	}

	private void publish(FrameType type, String argument) {
		if (!this.node.isHere(this.target)) {
			this.node.publish(type, this.target, (out) -> Wire.writeText(out, argument));
		}
	}

	@Override
	public long count() {
		return this.local.count();
	}

	@Override
	public Mono<ClusterCount> clusterCount() {
		return Mono.fromFuture(() -> this.node.count(this.target, count()));
	}

	@Override
	public Stream<SocketConnection> stream() {
		return this.local.stream();
	}

	@Override
	public Stream<SocketConnection> stream(long offset) {
		return this.local.stream(offset);
	}

}
