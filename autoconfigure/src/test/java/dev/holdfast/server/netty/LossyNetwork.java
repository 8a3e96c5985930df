package dev.holdfast.server.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network namespace whose loopback interface loses packets by rules of nftables. Each
 * command has one of its own, which ends with it.
 */
final class LossyNetwork {

	private static final String RULES = """
			table inet faults {
				counter lost { }
				set cut { type ipv4_addr; }
				chain input {
					type filter hook input priority 0; policy accept;
					ip saddr @cut counter name lost drop
					ip daddr @cut counter name lost drop
					meta l4proto tcp numgen random mod 100 < %d counter name lost drop
				}
			}
			""";

	private static final String PATH = "PATH=$PATH:/usr/sbin:/sbin";

	private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

	private static final int SECONDS = 90;

	private LossyNetwork() {
	}

	/**
	 * Run a Java program of the tests in a network.
	 * @param percent how many packets of a hundred are lost, in each direction
	 * @param program the class that has a main method
	 * @param argument its argument
	 * @return how it ended
	 */
	static Result java(int percent, Class<?> program, String argument) throws IOException, InterruptedException {
		return run(percent, Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
				"-Dio.netty.leakDetection.level=paranoid", "-cp", System.getProperty("java.class.path"),
				program.getName(), argument);
	}

	static Result run(int percent, String... command) throws IOException, InterruptedException {
		List<String> line = new ArrayList<>(List.of("unshare", "--net"));
		if (!"root".equals(System.getProperty("user.name"))) {
			line.addAll(List.of("--user", "--map-root-user"));
		}
		String script = "%s; ip link set lo up && printf '%%s' '%s' | nft -f - && exec \"$@\"".formatted(PATH,
				RULES.formatted(percent));
		line.addAll(List.of("sh", "-c", script, "sh"));
		line.addAll(List.of(command));
		return run(line);
	}

	private static Result run(List<String> command) throws IOException, InterruptedException {
		Path output = Files.createTempFile("lossy-network", ".txt");
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
			process.destroyForcibly();
			return new Result(ended && process.exitValue() == 0, Files.readString(output));
		}
		finally {
			Files.delete(output);
		}
	}

	/**
	 * Lose all packets from and to an address from now on. To be called in the network.
	 * @param address the address
	 */
	static void cut(String address) throws IOException, InterruptedException {
		nft("add element inet faults cut { " + address + " }");
	}

	/**
	 * Return how many packets were lost. To be called in the network.
	 * @return the number of packets
	 */
	static long lost() throws IOException, InterruptedException {
		Matcher matcher = PACKETS.matcher(nft("list counter inet faults lost"));
		if (!matcher.find()) {
			throw new IOException("No counter");
		}
		return Long.parseLong(matcher.group(1));
	}

	private static String nft(String command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder("sh", "-c", PATH + " nft '" + command + "'").redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IOException(output);
		}
		return output;
	}

	/**
	 * How a command ended.
	 *
	 * @param isSuccess whether it ended in time and without an error
	 * @param output what it wrote
	 */
	record Result(boolean isSuccess, String output) {
	}

}
