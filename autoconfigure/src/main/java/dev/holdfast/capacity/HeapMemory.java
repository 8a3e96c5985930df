package dev.holdfast.capacity;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.sun.management.GcInfo;
import org.jspecify.annotations.Nullable;

/**
 * The Java heap. Immutable.
 *
 * @param max the most bytes that it may have ({@code -Xmx})
 * @param used bytes that were used after the last collection, or now if there was none
 * @param resident bytes that the system has given to it so far, at most
 */
public record HeapMemory(long max, long used, long resident) {

	private static final int FREE_FOR_COLLECTION = 4;

	static HeapMemory current() {
		List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.toList();
		MemoryUsage usage = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		long peak = pools.stream().mapToLong((pool) -> pool.getPeakUsage().getUsed()).sum();
		return new HeapMemory((usage.getMax() > 0) ? usage.getMax() : Runtime.getRuntime().maxMemory(),
				used(pools, usage), Math.min(peak, usage.getCommitted()));
	}

	private static long used(List<MemoryPoolMXBean> pools, MemoryUsage usage) {
		Map<String, MemoryUsage> collected = lastCollection();
		if (collected == null) {
			return usage.getUsed();
		}
		return pools.stream()
			.map((pool) -> collected.get(pool.getName()))
			.filter(Objects::nonNull)
			.mapToLong(MemoryUsage::getUsed)
			.sum();
	}

	private static @Nullable Map<String, MemoryUsage> lastCollection() {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.map(HeapMemory::lastCollection)
			.filter(Objects::nonNull)
			.max(Comparator.comparingLong(GcInfo::getEndTime))
			.map(GcInfo::getMemoryUsageAfterGc)
			.orElse(null);
	}

	private static @Nullable GcInfo lastCollection(GarbageCollectorMXBean collector) {
		return (collector instanceof com.sun.management.GarbageCollectorMXBean bean) ? bean.getLastGcInfo() : null;
	}

	/**
	 * Return how much of the heap the system has not given to it yet.
	 * @return bytes
	 */
	long outstanding() {
		return Math.max(this.max - this.resident, 0);
	}

	/**
	 * Return the limit on connections: what is not used, less a quarter of all so that
	 * collection stays cheap, divided by what a connection costs on the heap.
	 * @param active connections that are there
	 * @param cost what a connection costs
	 * @return the limit
	 */
	CapacityLimit limit(long active, ConnectionCost cost) {
		long free = this.max - this.max / FREE_FOR_COLLECTION - this.used;
		return new CapacityLimit("heap-memory", this.max, "bytes", active + Math.max(free, 0) / cost.heapBytes(),
				Map.of("java", "-Xmx%dm".formatted(Math.max(this.max / (1024 * 1024), 1) * 2)));
	}

}
