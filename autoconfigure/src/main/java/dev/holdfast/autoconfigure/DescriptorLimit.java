package dev.holdfast.autoconfigure;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * How many connections the limit of file descriptors of this process allows.
 */
final class DescriptorLimit {

	private static final long MIN_HEADROOM = 128;

	private static final long MAX_HEADROOM = 4096;

	private DescriptorLimit() {
	}

	/**
	 * Return the limit less what is open already, and less a twentieth for files, and for
	 * sockets that the application opens itself.
	 * @return the most connections, 0 when there is no limit
	 */
	static long maxConnections() {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
			return maxConnections(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount());
		}
		return 0;
	}

	static long maxConnections(long descriptors, long open) {
		if (descriptors <= 0) {
			return 0;
		}
		long headroom = Math.max(MIN_HEADROOM, Math.min(descriptors / 20, MAX_HEADROOM));
		return Math.max(descriptors - Math.max(open, 0) - headroom, 1);
	}

}
