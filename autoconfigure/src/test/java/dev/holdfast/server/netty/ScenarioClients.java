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
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The clients of a scenario, chosen by a seed: who ends is followed by another one of its
 * kind. In the last fifth of each cycle the good ones are alone, so that both times are
 * measured on the same machine in the same state: not while the bad ones go or come. Also
 * a program of its own, for more connections than one process may hold both ends of.
 */
public final class ScenarioClients {

	private static final int ADDRESSES = 50;

	private static final int MAX_CONNECTING = 200;

	private static final int CROWD = 1000;

	private static final int PRECISION = 3;

	private static final int SMALL_BUFFER = 16 * 1024;

	private static final double REST = 0.8;

	private static final double SETTLING = 0.1;

	private static final Duration TURN = Duration.ofMillis(5);

	private static final Duration PROGRESS = Duration.ofSeconds(10);

	private final EventLoopGroup goodGroup = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final EventLoopGroup badGroup = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Set<ScenarioClient> open = ConcurrentHashMap.newKeySet();

	private final Queue<Integer> vacant = new ConcurrentLinkedQueue<>();

	private final List<Integer> resting = new ArrayList<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final Queue<ScenarioResult> results = new ConcurrentLinkedQueue<>();

	private final AtomicLong numbers = new AtomicLong();

	private final AtomicInteger connecting = new AtomicInteger();

	private final Histogram alone = new ConcurrentHistogram(PRECISION);

	private final Histogram mixed = new ConcurrentHistogram(PRECISION);

	private final Histogram between = new ConcurrentHistogram(PRECISION);

	private final Histogram told = new Histogram(PRECISION);

	private volatile Histogram latencies = this.between;

	private final int[] ports;

	private final long seed;

	private final int connections;

	private final ScenarioPart part;

	private final Duration warmUp;

	private volatile boolean over;

	/**
	 * Create new {@link ScenarioClients}.
	 * @param ports the ports of the servers, in the order of their wires
	 * @param seed decides what clients do
	 * @param connections how many there are at once
	 * @param part which of them these are
	 * @param warmUp for how long times are not measured
	 */
	ScenarioClients(int[] ports, long seed, int connections, ScenarioPart part, Duration warmUp) {
		this.ports = ports;
		this.seed = seed;
		this.connections = connections;
		this.part = part;
		this.warmUp = warmUp;
		this.numbers.set(part.firstNumber());
		IntStream.range(0, connections).filter(part::has).forEach(this.vacant::add);
	}

	public static void main(String[] args) {
		int[] ports = Stream.of(args).skip(1).limit(3).mapToInt(Integer::parseInt).toArray();
		ScenarioClients clients = new ScenarioClients(ports, Long.parseLong(args[4]), Integer.parseInt(args[5]),
				ScenarioPart.valueOf(args[0]), seconds(args[6]));
		clients.goodGroup.scheduleAtFixedRate(() -> System.out.println("progress=" + clients.progress()),
				PROGRESS.toSeconds(), PROGRESS.toSeconds(), TimeUnit.SECONDS);
		clients.run(seconds(args[7]), seconds(args[8]), (result) -> System.out.println("result=" + result));
		clients.failures.forEach((failure) -> System.out.println("failure=" + failure));
		System.out.println("latencies=" + clients.latencies());
	}

	private static Duration seconds(String number) {
		return Duration.ofSeconds(Long.parseLong(number));
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
			double phase = cycle.isZero() ? 0.5 : (double) (passed % cycle.toNanos()) / cycle.toNanos();
			this.latencies = (passed < this.warmUp.toNanos()) ? this.between : latencies(phase);
			turn(phase > REST);
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
			if (rest && !this.part.behavior(place).isGood()) {
				this.resting.add(place);
			}
			else {
				connect(place);
			}
		}
	}

	private Histogram latencies(double phase) {
		if (phase > REST) {
			return (phase > REST + SETTLING) ? this.alone : this.between;
		}
		return (phase > SETTLING) ? this.mixed : this.between;
	}

	private void connect(int place) {
		long number = this.numbers.incrementAndGet();
		Random random = new Random(this.seed * 1_000_003 + number);
		ScenarioWire wire = ScenarioWire.values()[random.nextInt(ScenarioWire.values().length)];
		ScenarioBehavior behavior = this.part.behavior(place);
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
		if (!future.isSuccess()) {
			failed("%s could not connect: %s".formatted(client, future.cause()));
			this.connecting.decrementAndGet();
		}
	}

	/**
	 * Take a client that is connected: before its connection can end.
	 * @param client the client
	 */
	void opened(ScenarioClient client) {
		this.open.add(client);
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
		this.latencies.recordValue(nanos);
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
	 * long that about 150 of them begin each second.
	 * @param random what chooses
	 * @return the time in milliseconds
	 */
	long dwell(Random random) {
		return random.nextInt((this.connections > CROWD) ? 8 * this.connections : 50);
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

	private static long p99Micros(Histogram histogram) {
		return TimeUnit.NANOSECONDS.toMicros(histogram.getValueAtPercentile(99));
	}

	private String progress() {
		Histogram last = new Histogram(PRECISION);
		Stream.of(this.alone, this.mixed, this.between).forEach(last::add);
		last.subtract(this.told);
		this.told.add(last);
		return "%d open, %d connecting, %d in all, p99 %d us since the last line, %s alone and among others"
			.formatted(this.open.size(), this.connecting.get(), this.numbers.get(), p99Micros(last), latencies());
	}

}
