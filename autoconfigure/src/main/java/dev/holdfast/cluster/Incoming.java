package dev.holdfast.cluster;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the packets that come from the transport: what this node sent itself is ignored,
 * what is about the cluster is done at once, and messages wait in the inbox. Thread-safe.
 */
abstract class Incoming implements ClusterReceiver {

	private static final Log logger = LogFactory.getLog(Incoming.class);

	private final PacketHeader self;

	private final ClusterCounters counters;

	private final RecurringWarning unreadable = new RecurringWarning(logger);

	private final RecurringWarning conflict = new RecurringWarning(logger);

	Incoming(PacketHeader self, ClusterCounters counters) {
		this.self = self;
		this.counters = counters;
	}

	/**
	 * Take messages.
	 * @param origin the node that sent them
	 * @param frames the frames of the messages
	 */
	abstract void messages(PacketHeader origin, ByteBuf frames);

	/**
	 * Take a frame that is about the cluster.
	 * @param origin the node that sent it
	 * @param type the type of the frame
	 * @param frame the rest of the frame
	 */
	abstract void control(PacketHeader origin, FrameType type, ByteBuf frame);

	@Override
	public final void received(byte[] packet) {
		try {
			received(Unpooled.wrappedBuffer(packet));
		}
		catch (RuntimeException ex) {
			unreadable("A packet could not be read", ex);
		}
	}

	private void received(ByteBuf packet) {
		PacketHeader origin = PacketHeader.read(packet);
		if (origin == null) {
			unreadable("A packet is of another version than %d".formatted(PacketHeader.VERSION), null);
		}
		else if (origin.incarnation() != this.self.incarnation() && packet.isReadable()) {
			if (origin.node().equals(this.self.node())) {
				this.conflict.log("Another node has the id '%s' too: each needs its own 'holdfast.cluster.node-id'"
					.formatted(origin.node()), null);
			}
			sort(origin, packet);
		}
	}

	private void sort(PacketHeader origin, ByteBuf packet) {
		int first = packet.getUnsignedByte(packet.readerIndex() + Integer.BYTES);
		if (!FrameType.isControl(first)) {
			messages(origin, packet);
			return;
		}
		ByteBuf frame = packet.readSlice(packet.readInt());
		FrameType type = FrameType.of(frame.readUnsignedByte());
		if (type != null) {
			control(origin, type, frame);
		}
	}

	private void unreadable(String message, @Nullable Throwable cause) {
		this.counters.unreadable.increment();
		this.unreadable.log(message, cause);
	}

}
