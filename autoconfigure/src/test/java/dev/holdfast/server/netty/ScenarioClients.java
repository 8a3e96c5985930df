package dev.holdfast.server.netty;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The clients of a scenario, chosen by a seed: who ends is followed by another one of its
 * kind. In the last fifth of each cycle the good ones are alone, so that both times are
 * measured on the same machine in the same state. Also a program of its own, for more
 * connections than one process may hold both ends of.
 */
public final class ScenarioClients {

	private static final int ADDRESSES = 50;

	private static final int MAX_CONNECTING = 200;

	private static final int CROWD = 1000;

	private static final int SMALL_BUFFER = 16 * 1024;

	private static final Duration TURN = Duration.ofMillis(5);

	private final EventLoopGroup goodGroup = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final EventLoopGroup badGroup = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Set<ScenarioClient> open = ConcurrentHashMap.newKeySet();

	private final Queue<Integer> vacant = new ConcurrentLinkedQueue<>();

	private final List<Integer> resting = new ArrayList<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final Queue<ScenarioResult> results = new ConcurrentLinkedQueue<>();

	private final AtomicLong numbers = new AtomicLong();

	private final AtomicInteger connecting = new AtomicInteger();

	private final LatencyHistogram alone = new LatencyHistogram();

	private final LatencyHistogram mixed = new LatencyHistogram();

	private final LatencyHistogram between = new LatencyHistogram();

	private volatile LatencyHistogram latencies = this.between;

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
		IntStream.range(0, connections).forEach(this.vacant::add);
	}

	public static void main(String[] args) {
		int[] ports = Stream.of(args).limit(3).mapToInt(Integer::parseInt).toArray();
		ScenarioClients clients = new ScenarioClients(ports, Long.parseLong(args[3]), Integer.parseInt(args[4]),
				Boolean.parseBoolean(args[5]));
		clients.run(Duration.ofSeconds(Long.parseLong(args[6])), Duration.ofSeconds(Long.parseLong(args[7])),
				(result) -> System.out.println("result=" + result));
		clients.failures.forEach((failure) -> System.out.println("failure=" + failure));
		System.out.println("latencies=" + clients.latencies());
	}

	/**
	 * Run for some time and then wait until all clients have ended.
	 * @param duration the time
	 * @param cycle how often the good ones are alone, zero for never
	 * @param consumer takes what each client counted that knows all about its connection
	 */
	void run(Duration duration, Duration cycle, Consumer<ScenarioResult> consumer) {
		long began = System.nanoTime();
		for (long passed = 0; passed < duration.toNanos() && this.failures.isEmpty(); passed = since(began)) {
			turn(!cycle.isZero() && passed % cycle.toNanos() > cycle.toNanos() / 5 * 4);
			deliver(consumer);
		}
		this.over = true;
		long ended = System.nanoTime();
		while (isBusy() && since(ended) < TimeUnit.SECONDS.toNanos(60)) {
			this.open.forEach(ScenarioClient::end);
			deliver(consumer);
		}
		this.open.forEach((client) -> failed(client + " did not end"));
		Stream.of(this.goodGroup, this.badGroup)
			.map((group) -> group.shutdownGracefully(0, 5, TimeUnit.SECONDS))
			.forEach((future) -> future.awaitUninterruptibly(10, TimeUnit.SECONDS));
		deliver(consumer);
	}

	private static long since(long nanoTime) {
		return System.nanoTime() - nanoTime;
	}

	private boolean isBusy() {
		return this.open.size() + this.connecting.get() > 0;
	}

	private void deliver(Consumer<ScenarioResult> consumer) {
		for (ScenarioResult result = this.results.poll(); result != null; result = this.results.poll()) {
			consumer.accept(result);
		}
		LockSupport.parkNanos(TURN.toNanos());
	}

	private void turn(boolean rest) {
		if (rest) {
			this.open.stream().filter((client) -> !client.isGood()).forEach(ScenarioClient::end);
		}
		else {
			this.vacant.addAll(this.resting);
			this.resting.clear();
		}
		while (!this.vacant.isEmpty() && this.connecting.get() < MAX_CONNECTING) {
			int place = this.vacant.remove();
			if (rest && !behavior(place).isGood()) {
				this.resting.add(place);
			}
			else {
				connect(place);
			}
		}
		this.latencies = rest ? whenAlone() : whenMixed();
	}

	private LatencyHistogram whenAlone() {
		long others = IntStream.range(0, this.connections).filter((place) -> !behavior(place).isGood()).count();
		return (this.resting.size() == others) ? this.alone : this.between;
	}

	private LatencyHistogram whenMixed() {
		return (this.open.size() > this.connections * 0.9) ? this.mixed : this.between;
	}

	private ScenarioBehavior behavior(int place) {
		return this.bad ? ScenarioBehavior.of(place) : ScenarioBehavior.GOOD;
	}

	private void connect(int place) {
		long number = this.numbers.incrementAndGet();
		Random random = new Random(this.seed * 1_000_003 + number);
		ScenarioWire wire = ScenarioWire.values()[random.nextInt(ScenarioWire.values().length)];
		ScenarioBehavior behavior = behavior(place);
		ScenarioClient client = new ScenarioClient(this, place, behavior, wire, number, random);
		this.connecting.incrementAndGet();
		Bootstrap bootstrap = new Bootstrap().group(behavior.isGood() ? this.goodGroup : this.badGroup)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_REUSEADDR, true)
			.handler(client);
		if (behavior == ScenarioBehavior.SLOW) {
			bootstrap.option(ChannelOption.SO_RCVBUF, SMALL_BUFFER);
		}
		bootstrap
			.connect(new InetSocketAddress("127.0.0.1", this.ports[wire.ordinal()]),
					new InetSocketAddress("127.0.0." + (2 + number % ADDRESSES), 0))
			.addListener((ChannelFuture future) -> connected(client, future));
	}

	private void connected(ScenarioClient client, ChannelFuture future) {
		if (future.isSuccess()) {
			this.open.add(client);
		}
		else {
			failed("%s could not connect: %s".formatted(client, future.cause()));
		}
		this.connecting.decrementAndGet();
	}

	void counted(ScenarioResult result) {
		this.results.add(result);
	}

	void failed(String failure) {
		this.failures.add(failure);
	}

	void ended(ScenarioClient client) {
		this.open.remove(client);
		this.vacant.add(client.place());
	}

	void latency(long nanos) {
		this.latencies.record(nanos, 1);
	}

	boolean isOver() {
		return this.over;
	}

	/**
	 * Return for how long a good client waits before it asks again.
	 * @param random what chooses
	 * @return the time in milliseconds
	 */
	long pause(Random random) {
		return 100 + random.nextInt(this.connections / 4 + 200);
	}

	/**
	 * Return for how long a bad client waits before it does what it does: in a crowd so
	 * long that about 300 of them begin each second.
	 * @param random what chooses
	 * @return the time in milliseconds
	 */
	long dwell(Random random) {
		return random.nextInt((this.connections > CROWD) ? 4 * this.connections : 50);
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Return the times in which nearly all good clients got their reply.
	 * @return the times, 0 for what was not measured
	 */
	ScenarioLatencies latencies() {
		return new ScenarioLatencies(p99Micros(this.alone), p99Micros(this.mixed));
	}

	private static long p99Micros(LatencyHistogram histogram) {
		long[] counts = new long[LatencyHistogram.BUCKETS];
		histogram.addTo(counts);
		return new LatencySamples().latency(counts).p99Micros();
	}

}
