package dev.holdfast.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time of a process, as Linux counts it.
 */
final class ProcessTime {

	private static final double TICKS_PER_SECOND = 100;

	private static final int USER_TIME = 11;

	private ProcessTime() {
	}

	/**
	 * Return the CPU time of a process.
	 * @param pid the process, or 0 for none
	 * @return user and system time in seconds
	 */
	static double seconds(long pid) {
		if (pid == 0) {
			return 0;
		}
		try {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS_PER_SECOND;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the CPU time of a process and those that it started and that still run.
	 * @param pid the process, or 0 for none
	 * @return user and system time in seconds
	 */
	static double familySeconds(long pid) {
		return ProcessHandle.of(pid)
			.map((process) -> seconds(pid) + process.children().mapToDouble((child) -> seconds(child.pid())).sum())
			.orElse(0.0);
	}

}
