package dev.holdfast.benchmarks.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * Starts programs, each in a JVM of its own on one core, and ends those that it started.
 * Thread-safe.
 */
final class Launcher implements AutoCloseable {

	private static final String PACKAGE = "dev.holdfast.benchmarks.";

	private final RunOptions options;

	private final List<Process> processes = new ArrayList<>();

	private final Thread hook = new Thread(this::end);

	Launcher(RunOptions options) {
		this.options = options;
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	RunOptions options() {
		return this.options;
	}

	ServerProcess server(Contender contender) throws IOException {
		List<String> command = command(this.options.serverCores(),
				contender.isSample() ? sampleClassPath() : classPath(contender.excluded()));
		command.addAll(this.options.jvmFlags());
		command.addAll(contender.jvmFlags());
		if (contender.isHoldfast() || contender.isSample()) {
			command.addAll(this.options.profileFlags());
		}
		command.add(PACKAGE + contender.mainClass());
		command.add(contender.mode());
		command.addAll(contender.arguments());
		if (contender.isHoldfast()) {
			command.addAll(this.options.applicationArguments());
		}
		return new ServerProcess(contender, start(command));
	}

	LoadProcess load() throws IOException {
		List<String> command = command(this.options.loadCores(), classPath(List.of()));
		command.addAll(List.of("-Xms2g", "-Xmx2g", "-XX:+UseSerialGC", "-Dio.netty.buffer.checkBounds=false",
				"-Dio.netty.buffer.checkAccessible=false"));
		command.add(PACKAGE + "load.LoadGenerator");
		return new LoadProcess(start(command));
	}

	private List<String> command(String cores, String classPath) {
		List<String> command = new ArrayList<>(
				List.of("taskset", "-c", cores, this.options.java(), "-cp", classPath, "-Dlogging.level.root=warn"));
		command.addAll(this.options.properties());
		return command;
	}

	private String classPath(List<String> excluded) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> excluded.stream().noneMatch(entry::contains))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static String sampleClassPath() {
		String classes = System.getProperty("sample.class.path");
		Assert.state(classes != null, "The sample is not built, start this by 'benchmarks/run'");
		return classes + File.pathSeparator + "benchmarks/target/classes";
	}

	private synchronized Process start(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.processes.add(process);
		return process;
	}

	/**
	 * Ask the JVM of a server.
	 * @param server the server
	 * @param command the command and its arguments
	 * @return the program that prints the answer
	 * @throws IOException if it cannot be started
	 */
	Process jcmd(ServerProcess server, String... command) throws IOException {
		List<String> line = new ArrayList<>(
				List.of(Path.of(this.options.java()).resolveSibling("jcmd").toString(), Long.toString(server.pid())));
		line.addAll(List.of(command));
		return new ProcessBuilder(line).start();
	}

	/**
	 * Return the next line of a program that begins with a word.
	 * @param lines what the program prints
	 * @param word the word
	 * @return the line without the word
	 * @throws IOException if the program ends before
	 */
	static String await(BufferedReader lines, String word) throws IOException {
		String line = lines.readLine();
		while (line != null && !line.startsWith(word)) {
			line = lines.readLine();
		}
		if (line == null) {
			throw new IOException("The program ended without printing '%s'".formatted(word));
		}
		return line.substring(word.length()).trim();
	}

	private synchronized void end() {
		this.processes.forEach(Process::destroyForcibly);
	}

	@Override
	public void close() throws InterruptedException {
		end();
		for (Process process : this.processes) {
			process.waitFor();
		}
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

}
