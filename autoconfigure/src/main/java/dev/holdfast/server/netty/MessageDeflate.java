package dev.holdfast.server.netty;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.FrameTooLargeException;
import dev.holdfast.codec.FramingException;

/**
 * Compression of the messages of one WebSocket connection (permessage-deflate). Each
 * outgoing message is compressed on its own, so that any thread may encode it and a quiet
 * connection keeps no window for it. Incoming ones may refer to earlier messages unless
 * the client agreed not to. Confined to the connection's event loop, but for
 * {@link #deflate}.
 */
final class MessageDeflate {

	static final int MIN_LENGTH = 256;

	private static final String NAME = "permessage-deflate";

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private static final int CHUNK = 4096;

	private static final Queue<Deflater> DEFLATERS = new ArrayBlockingQueue<>(16);

	private static final Queue<Inflater> INFLATERS = new ArrayBlockingQueue<>(16);

	private final String response;

	private final boolean takeover;

	private @Nullable Inflater inflater;

	private MessageDeflate(String response, boolean takeover) {
		this.response = response;
		this.takeover = takeover;
	}

	/**
	 * Agree on compression with a client.
	 * @param offers the value of its {@code Sec-WebSocket-Extensions} header or
	 * {@code null}
	 * @return the compression, {@code null} if none of the offers can be met
	 */
	static @Nullable MessageDeflate negotiate(@Nullable String offers) {
		List<WebSocketExtensionData> extensions = (offers != null) ? WebSocketExtensionUtil.extractExtensions(offers)
				: List.of();
		for (WebSocketExtensionData offer : extensions) {
			if (offer.name().equalsIgnoreCase(NAME) && isMet(offer.parameters())) {
				boolean takeover = !offer.parameters().containsKey("client_no_context_takeover");
				String response = NAME + "; server_no_context_takeover";
				return new MessageDeflate(takeover ? response : response + "; client_no_context_takeover", takeover);
			}
		}
		return null;
	}

	private static boolean isMet(Map<String, String> parameters) {
		return parameters.entrySet().stream().allMatch((parameter) -> switch (parameter.getKey()) {
			case "client_no_context_takeover", "server_no_context_takeover" -> parameter.getValue() == null;
			case "client_max_window_bits" -> parameter.getValue() == null || isWindow(parameter.getValue());
			default -> false;
		});
	}

	private static boolean isWindow(String bits) {
		return bits.matches("[89]|1[0-5]");
	}

	String response() {
		return this.response;
	}

	/**
	 * Compress what was written to a buffer.
	 * @param out the buffer
	 * @param start the index at which the uncompressed bytes begin
	 */
	static void deflate(ByteBuf out, int start) {
		Deflater pooled = DEFLATERS.poll();
		Deflater deflater = (pooled != null) ? pooled : new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		ByteBuf payload = out.alloc()
			.buffer(out.writerIndex() - start)
			.writeBytes(out, start, out.writerIndex() - start);
		try {
			out.writerIndex(start);
			deflater.setInput(payload.nioBuffer());
			int written;
			do {
				out.ensureWritable(CHUNK);
				ByteBuffer target = out.nioBuffer(out.writerIndex(), out.writableBytes());
				int room = target.remaining();
				written = deflater.deflate(target, Deflater.SYNC_FLUSH);
				out.writerIndex(out.writerIndex() + written);
				written = (written == room) ? written : 0;
			}
			while (written > 0);
			out.writerIndex(out.writerIndex() - TAIL.length);
		}
		finally {
			payload.release();
			deflater.reset();
			if (!DEFLATERS.offer(deflater)) {
				deflater.end();
			}
		}
	}

	/**
	 * Inflate a message.
	 * @param in the compressed bytes
	 * @param maxLength the bytes of the longest message
	 * @return the message, which belongs to the caller
	 * @throws FrameTooLargeException if the message is longer than allowed
	 * @throws FramingException if the bytes are no compressed message
	 */
	ByteBuf inflate(ByteBuf in, int maxLength) {
		Inflater inflater = borrow();
		ByteBuf out = in.alloc().buffer(Math.min(Math.max(in.readableBytes() * 2, 256), maxLength));
		try {
			inflate(inflater, in.nioBuffer(), out, maxLength);
			inflate(inflater, ByteBuffer.wrap(TAIL), out, maxLength);
			giveBack();
			return out;
		}
		catch (DataFormatException ex) {
			out.release();
			throw new FramingException("Message cannot be inflated");
		}
		catch (RuntimeException ex) {
			out.release();
			throw ex;
		}
	}

	private static void inflate(Inflater inflater, ByteBuffer in, ByteBuf out, int maxLength)
			throws DataFormatException {
		inflater.setInput(in);
		int written = -1;
		while (written != 0) {
			if (inflater.finished()) {
				inflater.reset();
				inflater.setInput(in);
			}
			out.ensureWritable(Math.min(CHUNK, maxLength + 1 - out.writerIndex()));
			ByteBuffer target = out.nioBuffer(out.writerIndex(), out.writableBytes());
			written = inflater.inflate(target);
			out.writerIndex(out.writerIndex() + written);
			if (out.writerIndex() > maxLength) {
				throw new FrameTooLargeException(maxLength);
			}
		}
	}

	private Inflater borrow() {
		Inflater inflater = (this.inflater != null) ? this.inflater : INFLATERS.poll();
		if (inflater == null) {
			inflater = new Inflater(true);
		}
		this.inflater = inflater;
		return inflater;
	}

	private void giveBack() {
		if (!this.takeover) {
			release();
		}
	}

	/**
	 * Let go of what is known about earlier messages.
	 */
	void release() {
		Inflater inflater = this.inflater;
		if (inflater != null) {
			this.inflater = null;
			inflater.reset();
			if (!INFLATERS.offer(inflater)) {
				inflater.end();
			}
		}
	}

}
