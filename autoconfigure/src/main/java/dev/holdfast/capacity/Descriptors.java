package dev.holdfast.capacity;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

import com.sun.management.UnixOperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * File descriptors of this process. Immutable.
 *
 * @param soft the limit that holds, 0 when there is none
 * @param hard the limit up to which the process may raise it, 0 when there is none
 * @param open how many are open now
 */
public record Descriptors(long soft, long hard, long open) {

	private static final String LIMITS = "proc/self/limits";

	private static final long MIN_HEADROOM = 128;

	private static final long MAX_HEADROOM = 4096;

	private static final long USUAL_TARGET = 1_048_576;

	/**
	 * Return the file descriptors of this process.
	 * @return what they are now
	 */
	public static Descriptors current() {
		return read(SystemFiles.MACHINE);
	}

	static Descriptors read(SystemFiles files) {
		long[] limits = files.numbers(LIMITS, "Max open files");
		OptionalLong open = files.count("proc/self/fd");
		if ((limits.length == 0 && files.lines(LIMITS).isEmpty()) || open.isEmpty()) {
			return ofSystem();
		}
		return new Descriptors((limits.length > 0) ? limits[0] : 0, (limits.length > 1) ? limits[1] : 0,
				open.getAsLong());
	}

	private static Descriptors ofSystem() {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
			long limit = Math.max(system.getMaxFileDescriptorCount(), 0);
			return new Descriptors(limit, limit, Math.max(system.getOpenFileDescriptorCount(), 0));
		}
		return new Descriptors(0, 0, 0);
	}

	/**
	 * Return how many connections the limit allows: the limit less what else is open, and
	 * less a twentieth for files, and for sockets that the application opens itself.
	 * @param active how many of the open descriptors are connections
	 * @return the most connections, 0 when there is no limit
	 */
	public long maxConnections(long active) {
		if (this.soft <= 0) {
			return 0;
		}
		long headroom = Math.max(MIN_HEADROOM, Math.min(this.soft / 20, MAX_HEADROOM));
		return Math.max(this.soft - Math.max(this.open - active, 0) - headroom, 1);
	}

	@Nullable CapacityLimit limit(long active, OptionalLong systemMaximum) {
		return (this.soft > 0) ? new CapacityLimit("file-descriptors", this.soft, "descriptors", maxConnections(active),
				cures(systemMaximum)) : null;
	}

	private Map<String, String> cures(OptionalLong systemMaximum) {
		long target = (this.soft < USUAL_TARGET) ? USUAL_TARGET : this.soft * 2;
		Map<String, String> cures = new LinkedHashMap<>();
		cures.put("systemd", "LimitNOFILE=" + target);
		cures.put("docker", "--ulimit nofile=%1$d:%1$d".formatted(target));
		cures.put("compose", "ulimits: {nofile: {soft: %1$d, hard: %1$d}}".formatted(target));
		cures.put("shell", "ulimit -n " + target);
		if (systemMaximum.isPresent() && systemMaximum.getAsLong() < target) {
			cures.put("sysctl", "sysctl -w fs.nr_open=" + target);
		}
		return cures;
	}

}
