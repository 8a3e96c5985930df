package dev.holdfast.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a server's process, or what two of them differ by, in bytes. Immutable.
 *
 * @param heap what objects that are alive take
 * @param anonymous what the process has of the machine's memory, but for files
 * @param direct direct buffers, as the JVM tracks them
 * @param tracked what else the JVM tracks outside the heap
 */
record ProcessMemory(long heap, long anonymous, long direct, long tracked) {

	private static final Pattern CATEGORY = Pattern.compile("-\\s+(\\S.*?) \\(reserved=\\d+KB, committed=(\\d+)KB\\)");

	private static final String HEAP = "Java Heap";

	private static final String DIRECT = "Other";

	static ProcessMemory of(Launcher launcher, ServerProcess server) throws Exception {
		long heap = MemoryCosts.histogram(launcher, server).values().stream().mapToLong(Long::longValue).sum();
		Map<String, Long> tracked = tracked(launcher, server);
		tracked.remove(HEAP);
		Long direct = tracked.remove(DIRECT);
		return new ProcessMemory(heap, anonymous(server), (direct != null) ? direct : 0,
				tracked.values().stream().mapToLong(Long::longValue).sum());
	}

	private static Map<String, Long> tracked(Launcher launcher, ServerProcess server) throws Exception {
		Process process = launcher.jcmd(server, "VM.native_memory", "summary", "scale=KB");
		Map<String, Long> committed = parse(process.inputReader());
		process.waitFor();
		return committed;
	}

	/**
	 * Read what the JVM tracks.
	 * @param lines the lines of {@code VM.native_memory summary}
	 * @return committed bytes by category
	 * @throws IOException if they cannot be read
	 */
	static Map<String, Long> parse(BufferedReader lines) throws IOException {
		Map<String, Long> committed = new HashMap<>();
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			Matcher category = CATEGORY.matcher(line);
			if (category.lookingAt()) {
				committed.put(category.group(1), Long.parseLong(category.group(2)) * 1024);
			}
		}
		if (!committed.containsKey(HEAP)) {
			throw new IOException("The JVM tracks no memory");
		}
		return committed;
	}

	private static long anonymous(ServerProcess server) throws IOException {
		return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status"))
			.stream()
			.filter((line) -> line.startsWith("RssAnon:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.sum();
	}

	ProcessMemory minus(ProcessMemory other) {
		return new ProcessMemory(this.heap - other.heap, this.anonymous - other.anonymous, this.direct - other.direct,
				this.tracked - other.tracked);
	}

	ProcessMemory dividedBy(int connections) {
		return new ProcessMemory(this.heap / connections, this.anonymous / connections, this.direct / connections,
				this.tracked / connections);
	}

}
