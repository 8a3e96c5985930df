package dev.holdfast.limit;

import java.net.InetAddress;
import java.util.Arrays;

import io.netty.util.NetUtil;
import org.springframework.util.Assert;

/**
 * A range of IP addresses with a common prefix. Immutable.
 */
public final class Network {

	private final String text;

	private final byte[] address;

	private final int prefix;

	private Network(String text, byte[] address, int prefix) {
		this.text = text;
		this.address = address;
		this.prefix = prefix;
	}

	/**
	 * Parse a network such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or
	 * {@code 192.0.2.1}.
	 * @param text an IP address, with the length of its prefix unless it is meant alone
	 * @return the network
	 * @throws IllegalArgumentException if the text is none
	 */
	public static Network parse(String text) {
		int slash = text.indexOf('/');
		InetAddress ip = NetUtil.createInetAddressFromIpAddressString((slash >= 0) ? text.substring(0, slash) : text);
		Assert.isTrue(ip != null, () -> "'%s' is no IP address or network".formatted(text));
		byte[] address = ip.getAddress();
		int prefix = (slash >= 0) ? prefix(text, slash) : address.length * Byte.SIZE;
		Assert.isTrue(prefix >= 0 && prefix <= address.length * Byte.SIZE,
				() -> "'%s' has an invalid prefix length".formatted(text));
		return new Network(text, address, prefix);
	}

	private static int prefix(String text, int slash) {
		try {
			return Integer.parseInt(text, slash + 1, text.length(), 10);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/**
	 * Whether an address is part of this network.
	 * @param candidate the address
	 * @return whether it is; {@code false} for one of the other IP version
	 */
	public boolean contains(InetAddress candidate) {
		byte[] bytes = candidate.getAddress();
		if (bytes.length != this.address.length) {
			return false;
		}
		int whole = this.prefix / Byte.SIZE;
		int rest = this.prefix % Byte.SIZE;
		if (!Arrays.equals(bytes, 0, whole, this.address, 0, whole)) {
			return false;
		}
		int mask = 0xFF << (Byte.SIZE - rest);
		return rest == 0 || (bytes[whole] & mask) == (this.address[whole] & mask);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
