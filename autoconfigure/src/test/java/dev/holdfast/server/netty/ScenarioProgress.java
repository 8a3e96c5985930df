package dev.holdfast.server.netty;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.time.LocalTime;

import com.sun.management.OperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;

/**
 * How a long scenario goes, line by line, so that one that failed can be explained
 * afterwards. Thread-safe.
 */
final class ScenarioProgress {

	static final long MEBIBYTE = 1024 * 1024;

	private final PrintWriter out;

	/**
	 * Create a {@link ScenarioProgress}.
	 * @param out takes the lines
	 */
	ScenarioProgress(Writer out) {
		this.out = new PrintWriter(out, true);
	}

	/**
	 * Collect garbage and write what is left.
	 * @param servers the servers
	 * @return the heap that is used afterwards, in MiB
	 */
	long collect(ScenarioServers servers) {
		long began = System.nanoTime();
		long heap = usedHeap() / MEBIBYTE;
		long millis = (System.nanoTime() - began) / 1_000_000;
		write("servers: %d connections, %d messages, heap %d MiB after %d ms, direct %d MiB, machine %d MiB free"
			.formatted(servers.active(), servers.received(), heap, millis,
					PlatformDependent.usedDirectMemory() / MEBIBYTE, freeMemory() / MEBIBYTE));
		return heap;
	}

	/**
	 * Collect garbage and return what is left.
	 * @return the heap that is used afterwards, in bytes
	 */
	static long usedHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static long freeMemory() {
		return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize();
	}

	void write(String line) {
		this.out.println("%tT %s".formatted(LocalTime.now(), line));
	}

}
