package dev.holdfast.server.netty;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The clients of a scenario, chosen by a seed: who ends is followed by another one. Also
 * a program of its own, for more connections than one process may hold both ends of.
 */
public final class ScenarioClients {

	private static final int ADDRESSES = 50;

	private static final int MAX_CONNECTING = 200;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Set<ScenarioClient> open = ConcurrentHashMap.newKeySet();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final Queue<ScenarioResult> results = new ConcurrentLinkedQueue<>();

	private final AtomicLong numbers = new AtomicLong();

	private final AtomicInteger connecting = new AtomicInteger();

	private final LatencyHistogram latencies = new LatencyHistogram();

	private final int[] ports;

	private final long seed;

	private final int connections;

	private final boolean bad;

	private volatile boolean over;

	/**
	 * Create new {@link ScenarioClients}.
	 * @param ports the ports of the servers, in the order of their wires
	 * @param seed decides what clients do
	 * @param connections how many there are at once
	 * @param bad whether there are others than good ones
	 */
	ScenarioClients(int[] ports, long seed, int connections, boolean bad) {
		this.ports = ports;
		this.seed = seed;
		this.connections = connections;
		this.bad = bad;
	}

	public static void main(String[] args) {
		int[] ports = Stream.of(args).limit(3).mapToInt(Integer::parseInt).toArray();
		ScenarioClients clients = new ScenarioClients(ports, Long.parseLong(args[3]), Integer.parseInt(args[4]),
				Boolean.parseBoolean(args[5]));
		clients.run(Duration.ofSeconds(Long.parseLong(args[6])));
		clients.failures.forEach((failure) -> System.out.println("failure=" + failure));
		clients.results.forEach((result) -> System.out.println("result=" + result));
		System.out.println("p99=" + clients.p99Micros());
	}

	/**
	 * Run for some time and then wait until all clients have ended.
	 * @param duration the time
	 */
	void run(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		while (System.nanoTime() < end && this.failures.isEmpty()) {
			while (this.open.size() + this.connecting.get() < this.connections
					&& this.connecting.get() < MAX_CONNECTING) {
				connect();
			}
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
		}
		this.over = true;
		long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (this.open.size() + this.connecting.get() > 0 && System.nanoTime() < limit) {
			this.group.execute(() -> this.open.forEach(ScenarioClient::end));
			LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
		}
		this.open.forEach((client) -> failed(client + " did not end"));
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
	}

	private void connect() {
		long number = this.numbers.incrementAndGet();
		Random random = new Random(this.seed * 1_000_003 + number);
		ScenarioWire wire = ScenarioWire.values()[random.nextInt(ScenarioWire.values().length)];
		ScenarioBehavior behavior = ScenarioBehavior.choose(random);
		ScenarioClient client = new ScenarioClient(this, this.bad ? behavior : ScenarioBehavior.GOOD, wire, number,
				random);
		this.connecting.incrementAndGet();
		new Bootstrap().group(this.group)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_REUSEADDR, true)
			.handler(client)
			.connect(new InetSocketAddress("127.0.0.1", this.ports[wire.ordinal()]),
					new InetSocketAddress("127.0.0." + (2 + number % ADDRESSES), 0))
			.addListener((future) -> {
				if (future.isSuccess()) {
					this.open.add(client);
				}
				else {
					failed("%s could not connect: %s".formatted(client, future.cause()));
				}
				this.connecting.decrementAndGet();
			});
	}

	void counted(ScenarioResult result) {
		this.results.add(result);
	}

	void failed(String failure) {
		this.failures.add(failure);
	}

	void ended(ScenarioClient client) {
		this.open.remove(client);
	}

	void latency(long nanos) {
		this.latencies.record(nanos, 1);
	}

	boolean isOver() {
		return this.over;
	}

	long pause(Random random) {
		return 100 + random.nextInt(this.connections / 4 + 200);
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	List<ScenarioResult> results() {
		return List.copyOf(this.results);
	}

	/**
	 * Return the time in which nearly all good clients got their reply.
	 * @return the 99th percentile in microseconds
	 */
	long p99Micros() {
		long[] counts = new long[LatencyHistogram.BUCKETS];
		this.latencies.addTo(counts);
		return new LatencySamples().latency(counts).p99Micros();
	}

}
