package dev.holdfast.capacity;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the control groups of this process allow, of version 1 or 2. A limit of an outer
 * group holds too. Stateless.
 */
final class ControlGroup {

	private static final String GROUPS = "proc/self/cgroup";

	private static final String ROOT = "sys/fs/cgroup";

	private static final long PAGE_COUNTER_MAX = Long.MAX_VALUE / 4096 * 4096;

	private ControlGroup() {
	}

	/**
	 * Return the memory of the group, or of the outer one with the least left.
	 * @param files the files of the system
	 * @return the memory, {@code null} when no group limits it
	 */
	static @Nullable SystemMemory memory(SystemFiles files) {
		SystemMemory least = null;
		for (String directory : directories(files, "")) {
			least = lesser(least,
					memory(files, "cgroup-v2", directory, "memory.max", "memory.current", "inactive_file"));
		}
		for (String directory : directories(files, "memory")) {
			least = lesser(least, memory(files, "cgroup-v1", directory, "memory.limit_in_bytes",
					"memory.usage_in_bytes", "total_inactive_file"));
		}
		return least;
	}

	private static @Nullable SystemMemory lesser(@Nullable SystemMemory one, @Nullable SystemMemory other) {
		return (one == null || (other != null && other.available() < one.available())) ? other : one;
	}

	private static @Nullable SystemMemory memory(SystemFiles files, String source, String directory, String limitFile,
			String usageFile, String reclaimable) {
		long limit = files.number(directory + "/" + limitFile).orElse(PAGE_COUNTER_MAX);
		if (limit >= PAGE_COUNTER_MAX) {
			return null;
		}
		long used = files.number(directory + "/" + usageFile).orElse(0)
				- files.number(directory + "/memory.stat", reclaimable + " ").orElse(0);
		return new SystemMemory(source, limit, Math.max(limit - Math.max(used, 0), 0));
	}

	/**
	 * Return how many processors the group may use.
	 * @param files the files of the system
	 * @return the number, {@code null} when there is no quota
	 */
	static @Nullable Double cpuQuota(SystemFiles files) {
		double least = Double.POSITIVE_INFINITY;
		for (String directory : directories(files, "")) {
			long[] numbers = files.numbers(directory + "/cpu.max", "");
			least = Math.min(least, (numbers.length == 2) ? quota(numbers[0], numbers[1]) : least);
		}
		for (String directory : directories(files, "cpu")) {
			least = Math.min(least, quota(files.number(directory + "/cpu.cfs_quota_us").orElse(0),
					files.number(directory + "/cpu.cfs_period_us").orElse(0)));
		}
		return Double.isInfinite(least) ? null : Double.valueOf(least);
	}

	private static double quota(long time, long period) {
		return (time > 0 && period > 0) ? (double) time / period : Double.POSITIVE_INFINITY;
	}

	private static List<String> directories(SystemFiles files, String controller) {
		String mount = controller.isEmpty() ? ROOT : ROOT + "/" + controller;
		List<String> directories = new ArrayList<>();
		for (String path = path(files, controller); !path.isEmpty(); path = parent(path)) {
			directories.add(path.equals("/") ? mount : mount + path);
		}
		return directories;
	}

	/**
	 * Return the path of the group: of a line such as {@code 4:cpu,cpuacct:/path}.
	 * @param files the files of the system
	 * @param controller the controller of version 1, empty for version 2
	 * @return the path, that of the outermost group when there is none
	 */
	private static String path(SystemFiles files, String controller) {
		for (String line : files.lines(GROUPS)) {
			int first = line.indexOf(':');
			int second = line.indexOf(':', first + 1);
			if (first >= 0 && second >= 0 && has(line.substring(first + 1, second), controller)) {
				return line.substring(second + 1);
			}
		}
		return "/";
	}

	private static boolean has(String controllers, String controller) {
		return (',' + controllers + ',').contains(',' + controller + ',');
	}

	private static String parent(String path) {
		if (path.equals("/")) {
			return "";
		}
		int slash = path.lastIndexOf('/');
		return (slash > 0) ? path.substring(0, slash) : "/";
	}

}
