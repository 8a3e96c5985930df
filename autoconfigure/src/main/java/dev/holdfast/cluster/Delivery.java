package dev.holdfast.cluster;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;

/**
 * Carries out on this node what another node asked for. Thread-safe.
 */
final class Delivery implements Consumer<ByteBuf> {

	private static final Log logger = LogFactory.getLog(Delivery.class);

	private final Connections connections;

	private final ClusterCounters counters;

	private final RecurringWarning warning = new RecurringWarning(logger);

	Delivery(Connections connections, ClusterCounters counters) {
		this.connections = connections;
		this.counters = counters;
	}

	/**
	 * Carry out frames. One that fails harms no other.
	 * @param frames the frames
	 */
	@Override
	public void accept(ByteBuf frames) {
		while (frames.isReadable()) {
			ByteBuf frame = frames.readSlice(frames.readInt());
			this.counters.received.increment();
			try {
				deliver(FrameType.of(frame.readUnsignedByte()), frame);
			}
			catch (RuntimeException ex) {
				this.counters.unreadable.increment();
				this.warning.log("A message of another node could not be carried out", ex);
			}
		}
	}

	private void deliver(@Nullable FrameType type, ByteBuf frame) {
		if (type == null || FrameType.isControl(type.code)) {
			return;
		}
		Target target = Target.read(frame);
		switch (type) {
			case SEND -> target.in(this.connections).send(Payload.read(frame).message());
			case JOIN -> target.in(this.connections).join(Wire.readText(frame));
			case LEAVE -> target.in(this.connections).leave(Wire.readText(frame));
			case CLOSE -> target.in(this.connections).close(CloseReason.valueOf(Wire.readText(frame)));
			default -> throw new IllegalStateException("Frame %s is no message".formatted(type));
		}
	}

}
