package dev.holdfast.server.netty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many connections in a process of their own, because one process may not have enough
 * file descriptors for both ends. Does what each line of standard input says.
 */
public final class ConnectionLoad implements AutoCloseable {

	private final Process process;

	private final PrintStream out;

	private final BufferedReader in;

	/**
	 * Start the process.
	 * @param port the port to connect to
	 * @param prefix a program that runs the process, and its arguments
	 */
	ConnectionLoad(int port, String... prefix) throws IOException {
		List<String> command = new ArrayList<>(List.of(prefix));
		command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ConnectionLoad.class.getName(),
				String.valueOf(port)));
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.out = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.in = new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Open connections from any address.
	 * @param count the number of connections
	 */
	void open(int count) throws IOException {
		tell("open " + count);
	}

	/**
	 * Open connections from an address of the loopback interface.
	 * @param count the number of connections
	 * @param source the address
	 */
	void open(int count, String source) throws IOException {
		tell("open " + count + " " + source);
	}

	/**
	 * Send a line on each connection and check the reply.
	 */
	void ask() throws IOException {
		tell("ask");
	}

	/**
	 * Send bytes on each second connection.
	 * @param bytes the bytes
	 */
	void send(byte[] bytes) throws IOException {
		tell("send " + HexFormat.of().formatHex(bytes));
	}

	/**
	 * Close all connections.
	 */
	void closeAll() throws IOException {
		tell("close");
	}

	/**
	 * Send a signal to the process.
	 * @param signal its name, as {@code kill} knows it
	 */
	void signal(String signal) throws IOException, InterruptedException {
		int result = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, this.process.pid())).start()
			.waitFor();
		if (result != 0) {
			throw new IOException("'kill -" + signal + "' failed");
		}
	}

	private void tell(String command) throws IOException {
		this.out.println(command);
		String answer = this.in.readLine();
		if (!"done".equals(answer)) {
			throw new IOException("'" + command + "' failed: " + answer);
		}
	}

	@Override
	public void close() throws Exception {
		this.out.close();
		if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
			this.process.destroyForcibly();
		}
	}

	public static void main(String[] args) throws Exception {
		InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		List<SocketChannel> channels = new ArrayList<>();
		for (String line = commands.readLine(); line != null; line = commands.readLine()) {
			String[] command = line.split(" ");
			switch (command[0]) {
				case "open" -> openAll(channels, server, Integer.parseInt(command[1]),
						List.of(command).subList(2, command.length));
				case "ask" -> askAll(channels);
				case "send" -> sendHalf(channels, HexFormat.of().parseHex(command[1]));
				default -> closeAll(channels);
			}
			System.out.println("done");
		}
	}

	private static void openAll(List<SocketChannel> channels, InetSocketAddress server, int count, List<String> source)
			throws IOException {
		for (int i = 0; i < count; i++) {
			SocketChannel channel = SocketChannel.open();
			for (String address : source) {
				channel.bind(new InetSocketAddress(address, 0));
			}
			channel.connect(server);
			channels.add(channel);
		}
	}

	private static void sendHalf(List<SocketChannel> channels, byte[] bytes) {
		for (int i = 0; i < channels.size(); i += 2) {
			try {
				channels.get(i).write(ByteBuffer.wrap(bytes));
			}
			catch (IOException ex) {
				// Ignore: the server has given up already
			}
		}
	}

	private static void askAll(List<SocketChannel> channels) throws IOException {
		for (int i = 0; i < channels.size(); i++) {
			channels.get(i).write(ByteBuffer.wrap((i + "\n").getBytes(StandardCharsets.UTF_8)));
		}
		for (int i = 0; i < channels.size(); i++) {
			byte[] expected = (i + "\n").getBytes(StandardCharsets.UTF_8);
			ByteBuffer reply = ByteBuffer.allocate(expected.length);
			while (reply.hasRemaining() && channels.get(i).read(reply) >= 0) {
				Thread.yield();
			}
			if (!Arrays.equals(reply.array(), expected)) {
				throw new IOException("Connection %d got a wrong reply".formatted(i));
			}
		}
	}

	private static void closeAll(List<SocketChannel> channels) throws IOException {
		for (SocketChannel channel : channels) {
			channel.close();
		}
		channels.clear();
	}

}
