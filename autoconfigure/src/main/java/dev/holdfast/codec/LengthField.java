package dev.holdfast.codec;

import java.nio.ByteOrder;

import io.netty.buffer.ByteBuf;
import org.springframework.util.Assert;

/**
 * Where the length of a frame is written, and what it counts. Immutable.
 *
 * @param offset the number of bytes in front of the length field, 0 or more
 * @param length the number of bytes of the length field: 1, 2, 3, 4 or 8, unsigned up to
 * 4
 * @param adjustment added to the value of the field to get what it counts
 * @param includesHeader whether the value counts the header too, which are the bytes up
 * to the end of the length field; else it counts what follows them
 * @param strip whether the header is taken off frames that are received and put in front
 * of payloads that are sent, which needs an offset of 0; else payloads are whole frames
 * and only the field is filled in
 * @param byteOrder the order of the bytes of the field
 */
public record LengthField(int offset, int length, int adjustment, boolean includesHeader, boolean strip,
		ByteOrder byteOrder) {

	/**
	 * Create a new {@link LengthField}.
	 */
	public LengthField {
		Assert.isTrue(offset >= 0 && offset <= Integer.MAX_VALUE - Long.BYTES, "'offset' must not be negative");
		Assert.isTrue((length >= 1 && length <= 4) || length == 8, "'length' must be 1, 2, 3, 4 or 8");
		Assert.isTrue(!strip || offset == 0, "'strip' needs an 'offset' of 0: what is in front of the length "
				+ "field would be lost; set 'strip' to false to handle whole frames");
		Assert.notNull(byteOrder, "'byteOrder' must not be null");
	}

	int headerLength() {
		return this.offset + this.length;
	}

	long maxValue() {
		return (this.length == Long.BYTES) ? Long.MAX_VALUE : (1L << (this.length * Byte.SIZE)) - 1;
	}

	long read(ByteBuf in, int frameStart) {
		int index = frameStart + this.offset;
		return (this.byteOrder == ByteOrder.BIG_ENDIAN) ? readBigEndian(in, index) : readLittleEndian(in, index);
	}

	private long readBigEndian(ByteBuf in, int index) {
		return switch (this.length) {
			case 1 -> in.getUnsignedByte(index);
			case 2 -> in.getUnsignedShort(index);
			case 3 -> in.getUnsignedMedium(index);
			case 4 -> in.getUnsignedInt(index);
			default -> in.getLong(index);
		};
	}

	private long readLittleEndian(ByteBuf in, int index) {
		return switch (this.length) {
			case 1 -> in.getUnsignedByte(index);
			case 2 -> in.getUnsignedShortLE(index);
			case 3 -> in.getUnsignedMediumLE(index);
			case 4 -> in.getUnsignedIntLE(index);
			default -> in.getLongLE(index);
		};
	}

	void write(ByteBuf out, int frameStart, long value) {
		int index = frameStart + this.offset;
		if (this.byteOrder == ByteOrder.BIG_ENDIAN) {
			writeBigEndian(out, index, value);
		}
		else {
			writeLittleEndian(out, index, value);
		}
	}

	private void writeBigEndian(ByteBuf out, int index, long value) {
		switch (this.length) {
			case 1 -> out.setByte(index, (int) value);
			case 2 -> out.setShort(index, (int) value);
			case 3 -> out.setMedium(index, (int) value);
			case 4 -> out.setInt(index, (int) value);
			default -> out.setLong(index, value);
		}
	}

	private void writeLittleEndian(ByteBuf out, int index, long value) {
		switch (this.length) {
			case 1 -> out.setByte(index, (int) value);
			case 2 -> out.setShortLE(index, (int) value);
			case 3 -> out.setMediumLE(index, (int) value);
			case 4 -> out.setIntLE(index, (int) value);
			default -> out.setLongLE(index, value);
		}
	}

}
