package dev.holdfast.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ProcessMemory}.
 */
class ProcessMemoryTests {

	private static final String SUMMARY = """
			Total: reserved=2500000KB, committed=1200000KB
			       malloc: 3000KB #2000
			-                 Java Heap (reserved=1048576KB, committed=1048576KB)
			                            (mmap: reserved=1048576KB, committed=1048576KB)
			-                    Thread (reserved=20000KB, committed=1500KB)
			-                     Other (reserved=4096KB, committed=4096KB)
			                            (malloc=4096KB #7)
			-    Native Memory Tracking (reserved=300KB, committed=300KB)
			""";

	@Test
	void parseWhenSummaryIsGivenReadsCommittedBytesByCategory() throws Exception {
		assertThat(ProcessMemory.parse(lines(SUMMARY)))
			.containsOnlyKeys("Java Heap", "Thread", "Other", "Native Memory Tracking")
			.containsEntry("Thread", 1500L * 1024)
			.containsEntry("Other", 4096L * 1024);
	}

	@Test
	void parseWhenNothingIsTrackedFails() {
		assertThatIOException().isThrownBy(() -> ProcessMemory.parse(lines("Native memory tracking is not enabled")));
	}

	@Test
	void dividedByWhenDifferenceIsGivenHasBytesPerConnection() throws IOException {
		ProcessMemory before = new ProcessMemory(1_000, 2_000, 300, 40);
		ProcessMemory after = new ProcessMemory(61_000, 82_000, 20_300, 1_040);
		assertThat(after.minus(before).dividedBy(10)).isEqualTo(new ProcessMemory(6_000, 8_000, 2_000, 100));
	}

	private static BufferedReader lines(String text) {
		return new BufferedReader(new StringReader(text));
	}

}
