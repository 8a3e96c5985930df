package dev.holdfast.capacity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tree of files that looks like {@code /proc} and {@code /sys/fs/cgroup} of a machine
 * with 24 GiB, a million descriptors and no control groups.
 */
final class FakeSystem {

	static final long GIB = 1024L * 1024 * 1024;

	static final HeapMemory HEAP = new HeapMemory(4 * GIB, 40_000_000, 60_000_000);

	private final Path root;

	FakeSystem(Path root) {
		this.root = root;
		descriptors("1048576", "1048576", 100);
		file("proc/meminfo", "MemTotal:       25165824 kB\nMemFree: 1 kB\nMemAvailable:   20971520 kB\n");
		file("proc/self/cgroup", "0::/\n");
		file("proc/sys/net/ipv4/tcp_mem", "2879010\t3838690\t5758020\n");
		file("proc/sys/net/core/somaxconn", "4096\n");
		file("proc/sys/fs/nr_open", "1048576\n");
		file("proc/net/sockstat", "sockets: used 21\nTCP: inuse 1 orphan 0 tw 68 alloc 3 mem 149\n");
	}

	FakeSystem descriptors(String soft, String hard, int open) {
		file("proc/self/limits", """
				Limit                     Soft Limit           Hard Limit           Units
				Max processes             96365                96365                processes
				Max open files            %s                %s                files
				""".formatted(soft, hard));
		for (int i = 0; i < open; i++) {
			file("proc/self/fd/" + i, "");
		}
		return this;
	}

	FakeSystem file(String path, String text) {
		try {
			Path file = this.root.resolve(path);
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	SystemFiles files() {
		return new SystemFiles(this.root);
	}

}
