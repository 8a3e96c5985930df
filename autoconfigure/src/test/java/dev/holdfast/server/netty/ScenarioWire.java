package dev.holdfast.server.netty;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.FramingException;

/**
 * How clients of a scenario speak.
 */
enum ScenarioWire {

	LINE {

		@Override
		byte[] frame(String text) {
			return (text + "\n").getBytes(StandardCharsets.UTF_8);
		}

		@Override
		@Nullable String next(ByteBuf in) {
			int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
			return (end >= 0) ? take(in, 0, end - in.readerIndex(), 1) : null;
		}

	},

	LENGTH_FIELD {

		@Override
		byte[] frame(String text) {
			byte[] payload = text.getBytes(StandardCharsets.UTF_8);
			byte[] frame = new byte[payload.length + 2];
			frame[0] = (byte) (payload.length >> 8);
			frame[1] = (byte) payload.length;
			System.arraycopy(payload, 0, frame, 2, payload.length);
			return frame;
		}

		@Override
		@Nullable String next(ByteBuf in) {
			if (in.readableBytes() < 2) {
				return null;
			}
			int length = in.getUnsignedShort(in.readerIndex());
			return (in.readableBytes() >= 2 + length) ? take(in, 2, length, 0) : null;
		}

	},

	WEB_SOCKET {

		@Override
		byte[] hello() {
			return WebSocketClient.request("/live").getBytes(StandardCharsets.US_ASCII);
		}

		@Override
		byte[] frame(String text) {
			return WebSocketClient.frame(0x81, text.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		@Nullable String next(ByteBuf in) {
			if (in.readableBytes() < 2) {
				return null;
			}
			int head = in.getUnsignedByte(in.readerIndex());
			int seven = in.getUnsignedByte(in.readerIndex() + 1);
			int header = (seven == 126) ? 4 : 2;
			if (head == 0x88) {
				in.skipBytes((in.readableBytes() >= 2 + seven) ? 2 + seven : 0);
				return null;
			}
			if (head != 0x81 || seven == 127) {
				throw new FramingException("Not a frame of this server: " + head + ", " + seven);
			}
			if (in.readableBytes() < header) {
				return null;
			}
			int length = (seven == 126) ? in.getUnsignedShort(in.readerIndex() + 2) : seven;
			return (in.readableBytes() >= header + length) ? take(in, header, length, 0) : null;
		}

	};

	/**
	 * Return what opens a connection.
	 * @return the bytes, which the server answers up to an empty line if there are any
	 */
	byte[] hello() {
		return new byte[0];
	}

	abstract byte[] frame(String text);

	/**
	 * Take the next message of the server.
	 * @param in what was received
	 * @return the message or {@code null} if there is none
	 */
	abstract @Nullable String next(ByteBuf in);

	private static String take(ByteBuf in, int header, int length, int trailer) {
		String text = in.toString(in.readerIndex() + header, length, StandardCharsets.UTF_8);
		in.skipBytes(header + length + trailer);
		return text;
	}

}
