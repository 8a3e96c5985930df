package dev.holdfast.cluster;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of each packet: who sent it. Immutable.
 *
 * @param incarnation a number that a node draws each time it starts
 * @param node the id of the node
 */
record PacketHeader(long incarnation, String node) {

	static final int VERSION = 1;

	byte[] bytes() {
		ByteBuf out = Unpooled.buffer();
		out.writeByte(VERSION).writeLong(this.incarnation);
		Wire.writeText(out, this.node);
		return ByteBufUtil.getBytes(out);
	}

	/**
	 * Read a header.
	 * @param in the packet, whose reader index is moved to its first frame
	 * @return the header, or {@code null} when the packet is of another version
	 */
	static @Nullable PacketHeader read(ByteBuf in) {
		return (in.readUnsignedByte() == VERSION) ? new PacketHeader(in.readLong(), Wire.readText(in)) : null;
	}

}
