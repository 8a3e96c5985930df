package dev.holdfast.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code docs/scripts/check-limits}.
 */
@DisabledOnOs(OS.WINDOWS)
class CheckLimitsTests {

	@TempDir
	private Path root;

	@BeforeEach
	void createSystem() throws IOException {
		file("proc/self/limits", "Max open files            1048576              1048576              files\n");
		file("proc/self/cgroup", "0::/system.slice/app.service\n");
		file("proc/meminfo", "MemTotal:       25165824 kB\n");
		file("proc/sys/fs/nr_open", "1073741816\n");
		file("proc/sys/fs/file-max", "9223372036854775807\n");
		file("proc/sys/net/core/somaxconn", "4096\n");
		file("proc/sys/net/ipv4/tcp_syncookies", "1\n");
		file("proc/sys/net/ipv4/tcp_mem", "287901\t383869\t575802\n");
		file("proc/sys/net/ipv4/tcp_max_tw_buckets", "131072\n");
	}

	@Test
	void checkWhenAllIsEnoughSucceedsAndChangesNothing() throws Exception {
		List<String> before = tree();
		Outcome outcome = check("--connections", "100000");
		assertThat(outcome.output()).doesNotContain("LOW", "BAD").contains("open files of self");
		assertThat(outcome.status()).isZero();
		assertThat(tree()).isEqualTo(before);
	}

	@Test
	void checkWhenDescriptorsAreFewSaysHowToRaiseThem() throws Exception {
		file("proc/self/limits", "Max open files            20000                20000                files\n");
		Outcome outcome = check("--connections", "100000");
		assertThat(outcome.output()).containsPattern("LOW +open files of self +20000, should be at least 106000")
			.contains("LimitNOFILE=106000 (systemd), --ulimit nofile=106000:106000 (Docker)");
		assertThat(outcome.status()).isEqualTo(1);
	}

	@Test
	void checkWhenGroupAroundHasLittleMemorySaysSo() throws Exception {
		file("sys/fs/cgroup/system.slice/app.service/memory.max", "max\n");
		file("sys/fs/cgroup/system.slice/memory.max", "536870912\n");
		Outcome outcome = check("--connections", "100000");
		assertThat(outcome.output()).containsPattern("LOW +memory of the cgroup \\(bytes\\) +536870912");
		assertThat(outcome.status()).isEqualTo(1);
	}

	@Test
	void checkWhenVersionOneGroupHasLittleMemorySaysSo() throws Exception {
		file("proc/self/cgroup", "4:memory:/docker/a\n0::/\n");
		file("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
		assertThat(check("--connections", "100000").output()).containsPattern("LOW +memory of the cgroup");
	}

	@Test
	void checkWhenTcpMemoryIsSmallGivesAllThreeValues() throws Exception {
		file("proc/sys/net/ipv4/tcp_mem", "4615\t6155\t9230\n");
		assertThat(check("--connections", "20000").output()).contains("sysctl -w net.ipv4.tcp_mem='10000 15000 20000'");
	}

	@Test
	void checkWhenOldAdviceWasFollowedSaysWhatItBreaks() throws Exception {
		file("proc/sys/net/ipv4/tcp_tw_recycle", "1\n");
		file("proc/sys/net/ipv4/tcp_max_tw_buckets", "20000\n");
		Outcome outcome = check();
		assertThat(outcome.output()).containsPattern("BAD +net.ipv4.tcp_tw_recycle")
			.containsPattern("LOW +net.ipv4.tcp_max_tw_buckets");
		assertThat(outcome.status()).isEqualTo(1);
	}

	@Test
	void checkWhenConnectionsAreTrackedComparesTable() throws Exception {
		file("proc/sys/net/netfilter/nf_conntrack_max", "65536\n");
		file("proc/sys/net/netfilter/nf_conntrack_count", "17\n");
		assertThat(check("--connections", "100000").output())
			.containsPattern("LOW +net.netfilter.nf_conntrack_max +65536, should be at least 200000")
			.contains("in use now: 17");
	}

	@Test
	void checkWhenCalledWronglyExplainsItself() throws Exception {
		Outcome outcome = check("--connections", "many");
		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.output()).contains("check-limits [--connections N]");
	}

	private void file(String path, String text) throws IOException {
		Path file = this.root.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private List<String> tree() throws IOException {
		List<String> entries = new ArrayList<>();
		try (Stream<Path> files = Files.walk(this.root)) {
			for (Path file : files.sorted().toList()) {
				entries.add(file + (Files.isRegularFile(file) ? ": " + Files.readString(file) : ""));
			}
		}
		return entries;
	}

	private Outcome check(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("bash",
				MarkdownPage.MODULE.resolve("scripts/check-limits").toString(), "--root", this.root.toString()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		return new Outcome(process.waitFor(), output);
	}

	/**
	 * How the script ended. Immutable.
	 *
	 * @param status the exit status
	 * @param output what it printed
	 */
	private record Outcome(int status, String output) {

	}

}
