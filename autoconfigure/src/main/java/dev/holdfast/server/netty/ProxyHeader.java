package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.FramingException;

/**
 * A header of the PROXY protocol, version 1 (a line of text) or 2 (binary). Immutable.
 *
 * <pre class="code">
 *  PROXY TCP4 192.0.2.1 198.51.100.1 49152 443 CR LF
 *
 *  +-----------+---------+---------+--------+-----------+------------+
 *  | signature | version | family  | length | addresses | extensions |
 *  | 12 bytes  | command | 1 byte  | 2 bytes| and ports |            |
 *  +-----------+---------+---------+--------+-----------+------------+
 * </pre>
 *
 * @param length the number of bytes of the header
 * @param client the address of the client, {@code null} if the proxy tells none
 */
record ProxyHeader(int length, @Nullable InetSocketAddress client) {

	private static final byte[] TEXT = "PROXY ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] BINARY = { 0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A };

	private static final int MAX_TEXT_LENGTH = 107;

	private static final int BINARY_LENGTH = 16;

	private static final int LOCAL = 0x20;

	private static final int PROXY = 0x21;

	private static final int TCP4 = 0x11;

	private static final int TCP6 = 0x21;

	/**
	 * Whether bytes may begin a header.
	 * @param in the bytes
	 * @return {@code false} as soon as they cannot
	 */
	static boolean mayBegin(ByteBuf in) {
		return begins(in, TEXT) || begins(in, BINARY);
	}

	private static boolean begins(ByteBuf in, byte[] expected) {
		int length = Math.min(in.readableBytes(), expected.length);
		for (int i = 0; i < length; i++) {
			if (in.getByte(in.readerIndex() + i) != expected[i]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Read a header.
	 * @param in the bytes, whose indexes stay as they are
	 * @return the header or {@code null} if more bytes are needed
	 * @throws FramingException if the bytes are no header
	 */
	static @Nullable ProxyHeader read(ByteBuf in) {
		if (!mayBegin(in)) {
			throw new FramingException("No PROXY header");
		}
		return begins(in, TEXT) ? readText(in) : readBinary(in);
	}

	private static @Nullable ProxyHeader readText(ByteBuf in) {
		int start = in.readerIndex();
		int limit = Math.min(in.readableBytes(), MAX_TEXT_LENGTH);
		int end = in.indexOf(start, start + limit, (byte) '\n');
		if (end < 0) {
			if (in.readableBytes() >= MAX_TEXT_LENGTH) {
				throw new FramingException("PROXY header is too long");
			}
			return null;
		}
		String line = in.toString(start, end - start, StandardCharsets.US_ASCII);
		String[] parts = line.stripTrailing().split(" ");
		boolean known = parts.length == 6 && (parts[1].equals("TCP4") || parts[1].equals("TCP6"));
		if (!line.endsWith("\r") || !(known || (parts.length > 1 && parts[1].equals("UNKNOWN")))) {
			throw new FramingException("PROXY header is malformed");
		}
		return new ProxyHeader(end + 1 - start, known ? address(parts[2], parts[4]) : null);
	}

	private static InetSocketAddress address(String host, String port) {
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
		if (address == null || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 0xFFFF) {
			throw new FramingException("PROXY header has no valid address");
		}
		return new InetSocketAddress(address, Integer.parseInt(port));
	}

	private static @Nullable ProxyHeader readBinary(ByteBuf in) {
		int start = in.readerIndex();
		if (in.readableBytes() < BINARY_LENGTH) {
			return null;
		}
		int command = in.getUnsignedByte(start + BINARY.length);
		int family = in.getUnsignedByte(start + BINARY.length + 1);
		int length = in.getUnsignedShort(start + BINARY.length + 2);
		if (command != LOCAL && command != PROXY) {
			throw new FramingException("PROXY header has an unknown command");
		}
		if (in.readableBytes() < BINARY_LENGTH + length) {
			return null;
		}
		int size = (family == TCP4) ? 4 : (family == TCP6) ? 16 : 0;
		if (command == LOCAL || size == 0) {
			return new ProxyHeader(BINARY_LENGTH + length, null);
		}
		if (length < 2 * size + 4) {
			throw new FramingException("PROXY header is too short for its addresses");
		}
		return new ProxyHeader(BINARY_LENGTH + length, address(in, start + BINARY_LENGTH, size));
	}

	private static InetSocketAddress address(ByteBuf in, int index, int size) {
		try {
			return new InetSocketAddress(InetAddress.getByAddress(ByteBufUtil.getBytes(in, index, size)),
					in.getUnsignedShort(index + 2 * size));
		}
		catch (UnknownHostException ex) {
			throw new FramingException("PROXY header has no valid address");
		}
	}

}
