package dev.holdfast.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;

import dev.holdfast.codec.FramingProbe.Decoded;

/**
 * What Netty's own decoder makes of a stream of bytes.
 */
final class LengthFieldReference {

	private LengthFieldReference() {
	}

	static String stream(LengthField field, Random random) {
		ByteBuf bytes = Unpooled.buffer();
		for (int i = random.nextInt(6); i >= 0; i--) {
			int start = bytes.writerIndex();
			bytes.writeZero(field.headerLength());
			field.write(bytes, start, random.nextInt(16));
			bytes.writeZero(random.nextInt(16));
		}
		if (random.nextBoolean()) {
			bytes.setByte(random.nextInt(bytes.writerIndex()), random.nextInt(256));
		}
		return bytes.toString(StandardCharsets.ISO_8859_1);
	}

	static Decoded decode(LengthField field, int maxFrameLength, String input) {
		int header = field.headerLength();
		int adjustment = field.adjustment() - (field.includesHeader() ? header : 0);
		EmbeddedChannel channel = new EmbeddedChannel(new LengthFieldBasedFrameDecoder(field.byteOrder(),
				maxFrameLength, field.offset(), field.length(), adjustment, field.strip() ? header : 0, true));
		Class<?> error = null;
		try {
			channel.writeInbound(Unpooled.wrappedBuffer(FramingProbe.bytes(input)));
		}
		catch (TooLongFrameException ex) {
			error = FrameTooLargeException.class;
		}
		catch (CorruptedFrameException ex) {
			error = FramingException.class;
		}
		return result(channel, header, error, input, field.strip());
	}

	private static Decoded result(EmbeddedChannel channel, int header, Class<?> error, String input, boolean strip) {
		List<String> payloads = new ArrayList<>();
		int rest = input.length();
		for (ByteBuf frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
			payloads.add(frame.toString(StandardCharsets.ISO_8859_1));
			rest -= frame.readableBytes() + (strip ? header : 0);
			frame.release();
		}
		return new Decoded(payloads, error, (error != null) ? 0 : rest);
	}

}
