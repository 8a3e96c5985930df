package dev.holdfast.capacity;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Memory for data that TCP connections of the whole system hold, in pages
 * ({@code net.ipv4.tcp_mem}). Immutable.
 *
 * @param low pages below which nothing is restricted
 * @param pressure pages from which buffers are kept small
 * @param max pages beyond which data is dropped
 * @param used pages that are in use now
 */
public record TcpMemory(long low, long pressure, long max, long used) {

	static @Nullable TcpMemory read(SystemFiles files) {
		long[] pages = files.numbers("proc/sys/net/ipv4/tcp_mem", "");
		return (pages.length == 3) ? new TcpMemory(pages[0], pages[1], pages[2], used(files)) : null;
	}

	private static long used(SystemFiles files) {
		for (String line : files.lines("proc/net/sockstat")) {
			if (line.startsWith("TCP:")) {
				return SystemFiles.numberIn(line, " mem ").orElse(0);
			}
		}
		return 0;
	}

	/**
	 * Return the limit on connections, each of which holds a page when data is under way.
	 * @return the limit
	 */
	CapacityLimit limit() {
		String cure = "sysctl -w net.ipv4.tcp_mem='%d %d %d'".formatted(this.low * 2, this.pressure * 2, this.max * 2);
		return new CapacityLimit("tcp-memory", this.max, "pages", this.max, Map.of("sysctl", cure));
	}

}
