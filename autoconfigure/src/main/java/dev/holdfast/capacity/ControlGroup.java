package dev.holdfast.capacity;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

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

	static Optional<SystemMemory> memory(SystemFiles files) {
		Stream<SystemMemory> version2 = directories(files, "").flatMap(
				(directory) -> memory(files, "cgroup-v2", directory, "memory.max", "memory.current", "inactive_file"));
		Stream<SystemMemory> version1 = directories(files, "memory").flatMap((directory) -> memory(files, "cgroup-v1",
				directory, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"));
		return Stream.concat(version2, version1).min(Comparator.comparingLong(SystemMemory::available));
	}

	private static Stream<SystemMemory> memory(SystemFiles files, String source, String directory, String limitFile,
			String usageFile, String reclaimable) {
		OptionalLong limit = files.number(directory + "/" + limitFile);
		if (limit.isEmpty() || limit.getAsLong() >= PAGE_COUNTER_MAX) {
			return Stream.empty();
		}
		long used = files.number(directory + "/" + usageFile).orElse(0)
				- files.number(directory + "/memory.stat", reclaimable + " ").orElse(0);
		return Stream
			.of(new SystemMemory(source, limit.getAsLong(), Math.max(limit.getAsLong() - Math.max(used, 0), 0)));
	}

	/**
	 * Return how many processors the group may use.
	 * @param files the files of the system
	 * @return the number, {@code null} when there is no quota
	 */
	static @Nullable Double cpuQuota(SystemFiles files) {
		Stream<Double> version2 = directories(files, "").map((directory) -> files.numbers(directory + "/cpu.max", ""))
			.map((numbers) -> numbers.toArray())
			.filter((numbers) -> numbers.length == 2 && numbers[1] > 0)
			.map((numbers) -> (double) numbers[0] / numbers[1]);
		Stream<Double> version1 = directories(files, "cpu").flatMap((directory) -> cpuQuota(files, directory));
		return Stream.concat(version2, version1).min(Comparator.naturalOrder()).orElse(null);
	}

	private static Stream<Double> cpuQuota(SystemFiles files, String directory) {
		long quota = files.number(directory + "/cpu.cfs_quota_us").orElse(0);
		long period = files.number(directory + "/cpu.cfs_period_us").orElse(0);
		return (quota > 0 && period > 0) ? Stream.of((double) quota / period) : Stream.empty();
	}

	private static Stream<String> directories(SystemFiles files, String controller) {
		String mount = controller.isEmpty() ? ROOT : ROOT + "/" + controller;
		String path = files.lines(GROUPS)
			.map((line) -> line.split(":", 3))
			.filter((fields) -> fields.length == 3 && Stream.of(fields[1].split(",")).anyMatch(controller::equals))
			.map((fields) -> fields[2])
			.findFirst()
			.orElse("/");
		return Stream.iterate(path, (current) -> !current.isEmpty(), ControlGroup::parent)
			.map((current) -> current.equals("/") ? mount : mount + current);
	}

	private static String parent(String path) {
		if (path.equals("/")) {
			return "";
		}
		int slash = path.lastIndexOf('/');
		return (slash > 0) ? path.substring(0, slash) : "/";
	}

}
