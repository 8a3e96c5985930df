package dev.holdfast.server.netty;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Program that opens a million connections and more in one process, with plain Netty or
 * with Holdfast, and prints what they cost: heap, sweeps, broadcasts and idling, the
 * clients' thread not counted.
 */
public final class ConnectionCosts {

	private static final int DEFAULT_CONNECTIONS = 1_200_000;

	private static final int GROUPED = 100;

	private static final int GROUPS = 100_000;

	private static final int WARM_UP = 20_000;

	private static final int HEARTBEAT_SECONDS = 25;

	private static final int BROADCASTS = 5;

	private static final String MESSAGE = "m".repeat(128);

	private static final double MEGABYTE = 1024 * 1024;

	private ConnectionCosts() {
	}

	/**
	 * Measure one kind of server and print a row of a table.
	 * @param args {@code netty}, {@code group}, {@code holdfast} or {@code heartbeat},
	 * and the number of connections
	 * @throws Exception if it cannot be measured
	 */
	public static void main(String[] args) throws Exception {
		int count = (args.length > 1) ? Integer.parseInt(args[1]) : DEFAULT_CONNECTIONS;
		switch (args[0]) {
			case "header" -> header(count);
			case "netty" -> plain(count, null);
			case "group" -> plain(count, new DefaultChannelGroup(GlobalEventExecutor.INSTANCE));
			case "holdfast" -> holdfast("Holdfast", count, 0);
			case "heartbeat" -> holdfast("Holdfast, heartbeat 25 s, idle timeout", count, HEARTBEAT_SECONDS,
					"--holdfast.servers.bench.heartbeat.interval=" + HEARTBEAT_SECONDS + "s",
					"--holdfast.servers.bench.heartbeat.payload=h", "--holdfast.servers.bench.idle-timeout=1h");
			default -> throw new IllegalArgumentException("Unknown kind '%s'".formatted(args[0]));
		}
	}

	private static void header(int count) {
		System.out.printf("%,d connections, Java %s, heap of %,.0f MB%n%n", count, System.getProperty("java.version"),
				Runtime.getRuntime().maxMemory() / MEGABYTE);
		System.out.println("| server | heap B/connection | opened in s | broadcast ms | broadcast B/connection "
				+ "| sweep ms | idle, % of a core |");
		System.out.println("|---|---:|---:|---:|---:|---:|---:|");
	}

	private static void plain(int count, @Nullable DefaultChannelGroup group) throws Exception {
		try (LocalConnections connections = new LocalConnections(new PlainHandler(group))) {
			Row row = new Row((group != null) ? "Netty with a ChannelGroup" : "Netty");
			row.open(connections, count, () -> {
			});
			if (group != null) {
				row.broadcast(connections, count, () -> {
					group.writeAndFlush(frame());
					return count;
				});
			}
			row.idle(connections, 0);
			row.print();
		}
	}

	private static ByteBuf frame() {
		ByteBuf frame = Unpooled.directBuffer(MESSAGE.length() + 1);
		ByteBufUtil.writeUtf8(frame, MESSAGE);
		return frame.writeByte('\n');
	}

	private static void holdfast(String name, int count, int heartbeatSeconds, String... args) throws Exception {
		List<String> arguments = new ArrayList<>(List.of(args));
		arguments.add("--spring.main.banner-mode=off");
		arguments.add("--holdfast.max-connections=0");
		try (HoldfastNode node = new HoldfastNode("echo", arguments.toArray(String[]::new));
				LocalConnections connections = new LocalConnections(node)) {
			Row row = new Row(name);
			row.open(connections, count, () -> group(node));
			if (node.connections().count() != count) {
				throw new IllegalStateException("%d connections are open".formatted(node.connections().count()));
			}
			row.broadcast(connections, count, () -> node.connections().all().send(MESSAGE));
			row.sweep(connections, node);
			row.idle(connections, heartbeatSeconds);
			row.print();
		}
	}

	private static void group(HoldfastNode node) {
		AtomicInteger index = new AtomicInteger();
		node.loops().stream(null, 0).forEach((connection) -> {
			int number = index.getAndIncrement();
			if (number % GROUPED == 0) {
				connection.join("group-" + number % GROUPS);
			}
		});
	}

	/**
	 * What one kind of server costs. Used by one thread.
	 */
	private static final class Row {

		private final String name;

		private double heap;

		private double openSeconds;

		private double broadcastMillis = Double.NaN;

		private double broadcastBytes = Double.NaN;

		private double sweepMillis = Double.NaN;

		private double idle;

		Row(String name) {
			this.name = name;
		}

		void open(LocalConnections connections, int count, Runnable grouping) throws Exception {
			connections.open(WARM_UP);
			connections.closeAll();
			long before = usedHeap();
			long began = System.nanoTime();
			connections.open(count);
			this.openSeconds = (System.nanoTime() - began) / 1e9;
			grouping.run();
			this.heap = (usedHeap() - before) / (double) count;
		}

		void broadcast(LocalConnections connections, int count, LongSupplier broadcast) throws Exception {
			long expected = connections.receiver().received();
			List<Double> millis = new ArrayList<>();
			List<Double> bytes = new ArrayList<>();
			for (int i = 0; i < BROADCASTS; i++) {
				expected = connections.receiver().received() + count;
				long allocated = allocated();
				long began = System.nanoTime();
				if (broadcast.getAsLong() != count) {
					throw new IllegalStateException("Not all connections took the message");
				}
				connections.receiver().await(expected);
				millis.add((System.nanoTime() - began) / 1e6);
				bytes.add((allocated() - allocated) / (double) count);
				connections.barrier();
			}
			this.broadcastMillis = median(millis);
			this.broadcastBytes = median(bytes);
		}

		void sweep(LocalConnections connections, HoldfastNode node) throws Exception {
			List<Double> millis = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				millis.add(connections.servers().next().submit(() -> {
					long began = System.nanoTime();
					node.loops().of(connections.servers().next()).sweep();
					return (System.nanoTime() - began) / 1e6;
				}).get());
			}
			this.sweepMillis = median(millis);
		}

		void idle(LocalConnections connections, int heartbeatSeconds) throws Exception {
			Thread.sleep(1000L * heartbeatSeconds + 2000);
			long cpu = cpuTime(connections);
			long began = System.nanoTime();
			Thread.sleep(Math.max(heartbeatSeconds, 10) * 1000L);
			this.idle = 100.0 * (cpuTime(connections) - cpu) / (System.nanoTime() - began);
		}

		private static long cpuTime(LocalConnections connections) throws Exception {
			long process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
			return process - connections.clientCpuTime();
		}

		void print() {
			System.out.printf("| %s | %,.0f | %.1f | %.0f | %.0f | %.2f | %.1f |%n", this.name, this.heap,
					this.openSeconds, this.broadcastMillis, this.broadcastBytes, this.sweepMillis, this.idle);
		}

		private static double median(List<Double> values) {
			return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
		}

		private static long allocated() {
			ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
			long bytes = 0;
			for (long allocated : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
				bytes += allocated;
			}
			return bytes;
		}

		private static long usedHeap() {
			System.gc();
			System.gc();
			return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		}

	}

	/**
	 * Handles the connections of plain Netty. Thread-safe.
	 */
	@Sharable
	private static final class PlainHandler extends ChannelInboundHandlerAdapter {

		private final @Nullable DefaultChannelGroup group;

		PlainHandler(@Nullable DefaultChannelGroup group) {
			this.group = group;
		}

		@Override
		public void channelActive(ChannelHandlerContext context) {
			if (this.group != null) {
				this.group.add(context.channel());
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			context.writeAndFlush(message, context.voidPromise());
		}

	}

}
