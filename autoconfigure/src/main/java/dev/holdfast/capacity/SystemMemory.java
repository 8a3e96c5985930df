package dev.holdfast.capacity;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Memory of the machine, or of the control group with the least left. Immutable.
 *
 * @param source where the limit is set: {@code machine}, {@code cgroup-v1} or
 * {@code cgroup-v2}
 * @param limit all bytes
 * @param available bytes that are free, or could be at once
 */
public record SystemMemory(String source, long limit, long available) {

	private static final String MEMORY = "proc/meminfo";

	private static final int KEPT_FREE = 20;

	private static final SystemMemory UNKNOWN = new SystemMemory("unknown", 0, 0);

	static SystemMemory read(SystemFiles files) {
		SystemMemory machine = machine(files);
		SystemMemory group = ControlGroup.memory(files);
		boolean least = group != null && (machine.limit == 0 || group.available < machine.available);
		return least ? group : machine;
	}

	private static SystemMemory machine(SystemFiles files) {
		long total = files.number(MEMORY, "MemTotal:").orElse(0) * 1024;
		long available = files.number(MEMORY, "MemAvailable:").orElse(0) * 1024;
		return (total > 0) ? new SystemMemory("machine", total, available) : UNKNOWN;
	}

	/**
	 * Return the limit on connections: what is available, less a twentieth of all for
	 * peaks, divided by what a connection costs in the kernel and on the heap. The heap
	 * takes no more than it may still grow.
	 * @param active connections that are there
	 * @param heap the heap
	 * @param cost what a connection costs
	 * @return the limit or {@code null} when memory is not known
	 */
	@Nullable CapacityLimit limit(long active, HeapMemory heap, ConnectionCost cost) {
		if (this.limit <= 0) {
			return null;
		}
		long free = Math.max(this.available - this.limit / KEPT_FREE, 0);
		long growing = free / cost.bytes();
		long grown = Math.max(free - heap.outstanding(), 0) / cost.kernelBytes();
		return new CapacityLimit("memory", this.limit, "bytes", active + Math.max(growing, grown), cures());
	}

	private Map<String, String> cures() {
		Map<String, String> cures = new LinkedHashMap<>();
		if ("machine".equals(this.source)) {
			cures.put("machine", "more memory, or less for other processes");
		}
		else {
			long megabytes = Math.max(this.limit / (1024 * 1024), 1) * 2;
			cures.put("systemd", "MemoryMax=%dM".formatted(megabytes));
			cures.put("docker", "--memory=%dm".formatted(megabytes));
			cures.put("compose", "mem_limit: %dm".formatted(megabytes));
			cures.put("kubernetes", "resources: {limits: {memory: %dMi}}".formatted(megabytes));
		}
		cures.put("java", "a smaller -Xmx, if the heap is larger than the connections need");
		return cures;
	}

}
