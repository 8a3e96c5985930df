package dev.holdfast.test;

import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * What came from the server when a test waited for it. Immutable.
 */
sealed interface Received {

	/**
	 * Return the end of the sentence "expected something but …".
	 * @return what came
	 */
	String description();

	/**
	 * Whether the connection has ended, so that nothing else can come.
	 * @return {@code true} by default
	 */
	default boolean isEnd() {
		return true;
	}

	/**
	 * Return the exception that ended the connection.
	 * @return the exception or {@code null}, which is the default
	 */
	default @Nullable Throwable cause() {
		return null;
	}

	/**
	 * Return what an exception of the connection means.
	 * @param failure the exception
	 * @return a {@link Reset} if the socket failed, otherwise a {@link Failed}
	 */
	static Received failure(Throwable failure) {
		@Nullable Throwable cause = failure;
		while (cause != null) {
			if (cause instanceof SocketException) {
				return new Reset(cause);
			}
			cause = cause.getCause();
		}
		return new Failed(failure);
	}

	/**
	 * Return bytes as a reader of a test report wants to see them.
	 * @param bytes the bytes
	 * @return quoted text if the bytes are printable UTF-8, otherwise hexadecimal digits
	 */
	static String quote(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		boolean printable = text.codePoints().noneMatch((point) -> Character.isISOControl(point) || point == 0xFFFD);
		return printable ? "\"" + text + "\"" : "0x" + HexFormat.of().formatHex(bytes);
	}

	/**
	 * A message.
	 *
	 * @param bytes the payload, not copied
	 */
	record Message(byte[] bytes) implements Received {

		@Override
		public String description() {
			return "received " + quote(this.bytes);
		}

		@Override
		public boolean isEnd() {
			return false;
		}

		String text(Charset charset) {
			return new String(this.bytes, charset);
		}

	}

	/**
	 * Nothing in time.
	 *
	 * @param timeout how long was waited
	 */
	record Silence(Duration timeout) implements Received {

		@Override
		public String description() {
			return "nothing came within %d ms".formatted(this.timeout.toMillis());
		}

		@Override
		public boolean isEnd() {
			return false;
		}

	}

	/**
	 * The orderly end of the connection.
	 *
	 * @param code the WebSocket close code, 0 without WebSocket
	 * @param text the reason in the WebSocket close frame, possibly empty
	 */
	record Closed(int code, String text) implements Received {

		@Override
		public String description() {
			String detail = (this.code != 0) ? " with code %d '%s'".formatted(this.code, this.text) : "";
			return "the connection was closed" + detail;
		}

	}

	/**
	 * The orderly end of the connection in the middle of a frame.
	 *
	 * @param bytes the bytes of the frame that came, not copied
	 */
	record Truncated(byte[] bytes) implements Received {

		@Override
		public String description() {
			return "the connection was closed in the middle of a frame after " + quote(this.bytes);
		}

	}

	/**
	 * The end of the connection by a reset.
	 *
	 * @param cause the exception of the socket
	 */
	record Reset(Throwable cause) implements Received {

		@Override
		public String description() {
			return "the connection was reset (%s)".formatted(this.cause.getMessage());
		}

	}

	/**
	 * An end of the connection that is neither orderly nor a reset, or bytes that violate
	 * the protocol.
	 *
	 * @param cause the exception
	 */
	record Failed(Throwable cause) implements Received {

		@Override
		public String description() {
			return "the connection failed with " + this.cause;
		}

	}

}
