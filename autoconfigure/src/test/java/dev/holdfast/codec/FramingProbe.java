package dev.holdfast.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Feeds bytes to a framing as a connection does. Texts are ISO-8859-1: one character a
 * byte.
 */
final class FramingProbe {

	private final Framing framing;

	private final Frame frame = new Frame();

	private final List<String> payloads = new ArrayList<>();

	private ByteBuf received = Unpooled.buffer();

	private int scanned;

	private @Nullable Class<?> error;

	private FramingProbe(Framing framing) {
		this.framing = framing;
	}

	static Decoded decode(Framing framing, String... chunks) {
		FramingProbe probe = new FramingProbe(framing);
		for (String chunk : chunks) {
			probe.receive(chunk);
		}
		return probe.decoded();
	}

	static Decoded decodeBytewise(Framing framing, String bytes) {
		return decode(framing, bytes.split(""));
	}

	static Decoded decodeSplit(Framing framing, String bytes, Random random) {
		List<String> chunks = new ArrayList<>();
		for (int from = 0; from < bytes.length();) {
			int to = Math.min(bytes.length(), from + 1 + random.nextInt(7));
			chunks.add(bytes.substring(from, to));
			from = to;
		}
		return decode(framing, chunks.toArray(String[]::new));
	}

	static String encode(Framing framing, String payload) {
		ByteBuf out = Unpooled.buffer().writeBytes(bytes("in front|\r"));
		int frameStart = out.writerIndex();
		out.writeZero(framing.headerLength()).writeBytes(bytes(payload));
		framing.complete(out, frameStart);
		return text(out, frameStart, out.writerIndex() - frameStart);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	static String random(Random random, String alphabet, int maxLength) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
			text.append(alphabet.charAt(random.nextInt(alphabet.length())));
		}
		return text.toString();
	}

	private static String text(ByteBuf buffer, int offset, int length) {
		return new String(ByteBufUtil.getBytes(buffer, offset, length), StandardCharsets.ISO_8859_1);
	}

	private void receive(String chunk) {
		this.received.writeBytes(bytes(chunk));
		try {
			while (this.error == null && this.received.isReadable() && readFrame()) {
				this.received.readerIndex(this.frame.end());
			}
		}
		catch (FramingException ex) {
			this.error = ex.getClass();
		}
		this.received = moved();
	}

	private boolean readFrame() {
		this.frame.reset(this.scanned);
		boolean found = this.framing.next(this.received, this.frame);
		this.scanned = this.frame.scanned();
		if (found) {
			this.payloads.add(text(this.received, this.frame.offset(), this.frame.length()));
		}
		return found;
	}

	private ByteBuf moved() {
		int readerIndex = this.received.readerIndex() % 5;
		return Unpooled.buffer().writeZero(readerIndex).writeBytes(this.received).readerIndex(readerIndex);
	}

	private Decoded decoded() {
		return new Decoded(this.payloads, this.error, (this.error != null) ? 0 : this.received.readableBytes());
	}

	/**
	 * What became of a stream of bytes.
	 *
	 * @param payloads the payloads
	 * @param error the type of the exception that ended the stream
	 * @param rest the number of bytes that wait for more, 0 after an error
	 */
	record Decoded(List<String> payloads, @Nullable Class<?> error, int rest) {

		static Decoded of(String... payloads) {
			return new Decoded(Arrays.asList(payloads), null, 0);
		}

		Decoded rest(int rest) {
			return new Decoded(this.payloads, null, rest);
		}

		Decoded tooLarge() {
			return new Decoded(this.payloads, FrameTooLargeException.class, 0);
		}

		Decoded invalid() {
			return new Decoded(this.payloads, FramingException.class, 0);
		}

	}

}
