package dev.holdfast.benchmarks.load;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

import javax.net.ssl.SSLException;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The event loop that all connections of a plan live on, and what is done there.
 * Thread-safe.
 */
final class Load {

	private static final int UNDER_WAY = 256;

	private static final int RECEIVE_BUFFER = 64 * 1024;

	private static final int FIRST_SOURCE = 2;

	private final EventLoop eventLoop;

	private final LoadPlan plan;

	private final @Nullable SslContext tls;

	Load(EventLoop eventLoop, LoadPlan plan) throws SSLException {
		this.eventLoop = eventLoop;
		this.plan = plan;
		this.tls = plan.tls() ? SslContextBuilder.forClient()
			.sslProvider(SslProvider.JDK)
			.trustManager(InsecureTrustManagerFactory.INSTANCE)
			.endpointIdentificationAlgorithm(null)
			.build() : null;
	}

	private static ChannelHandler encrypted(SslContext tls, ChannelHandler handler) {
		return new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline().addLast(tls.newHandler(channel.alloc()), handler);
			}

		};
	}

	LoadPlan plan() {
		return this.plan;
	}

	EventLoop eventLoop() {
		return this.eventLoop;
	}

	/**
	 * Open the connections of the plan.
	 * @param handlers creates the handler of each
	 * @return the connections
	 * @throws Exception if one cannot be opened
	 */
	List<Channel> connect(IntFunction<ChannelHandler> handlers) throws Exception {
		Semaphore room = new Semaphore(UNDER_WAY);
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		List<Channel> channels = new ArrayList<>();
		for (int i = 0; i < this.plan.connections() && failure.get() == null; i++) {
			room.acquire();
			ChannelFuture connected = connect(i, handlers.apply(i));
			connected.addListener((future) -> {
				failure.compareAndSet(null, future.cause());
				room.release();
			});
			channels.add(connected.channel());
		}
		room.acquire(UNDER_WAY);
		if (failure.get() != null) {
			throw new IllegalStateException("Cannot connect", failure.get());
		}
		return channels;
	}

	ChannelFuture connect(int index, ChannelHandler handler) {
		InetSocketAddress local = new InetSocketAddress("127.0.0." + (FIRST_SOURCE + index % this.plan.sources()), 0);
		return new Bootstrap().group(this.eventLoop)
			.channel(EpollSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
			.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER))
			.handler((this.tls != null) ? encrypted(this.tls, handler) : handler)
			.connect(new InetSocketAddress("127.0.0.1", this.plan.port()), local);
	}

	<T> T onLoop(Callable<T> action) throws Exception {
		return this.eventLoop.submit(action).get(30, TimeUnit.SECONDS);
	}

	void onLoop(Runnable action) throws Exception {
		this.eventLoop.submit(action).get(30, TimeUnit.SECONDS);
	}

	void close(List<Channel> channels) throws Exception {
		for (Channel channel : channels) {
			channel.close();
		}
		for (Channel channel : channels) {
			channel.closeFuture().await(5, TimeUnit.SECONDS);
		}
	}

	/**
	 * Measure between two moments on the event loop, after the warm-up.
	 * @param traffic what is counted there
	 * @return the counts and times of the measured seconds
	 * @throws Exception if the loop does not answer
	 */
	LoadResult measure(Traffic traffic) throws Exception {
		sleep(this.plan.warmup());
		Sample before = onLoop(() -> sample(traffic.beginMeasurement()));
		sleep(this.plan.seconds());
		Sample after = onLoop(() -> sample(traffic));
		double seconds = (after.nanoTime() - before.nanoTime()) / 1e9;
		double cpu = after.cpuSeconds() - before.cpuSeconds();
		long messages = after.received() - before.received();
		double database = after.databaseSeconds() - before.databaseSeconds();
		return new LoadResult().with("messages", messages)
			.with("seconds", seconds)
			.with("rate", messages / seconds)
			.with("cpuMicros", cpu * 1e6 / messages)
			.with("cpuShare", cpu / seconds)
			.with("databaseMicros", database * 1e6 / messages);
	}

	private Sample sample(Traffic traffic) {
		return new Sample(System.nanoTime(), ProcessTime.seconds(this.plan.pid()),
				ProcessTime.familySeconds(this.plan.database()), traffic.received);
	}

	/**
	 * Wait until all that was sent has been answered, at most five seconds.
	 * @param traffic what is counted
	 * @return the number of replies that did not come
	 * @throws Exception if the loop does not answer
	 */
	long drain(Traffic traffic) throws Exception {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
		long missing = onLoop(traffic::missing);
		while (missing > 0 && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(5);
			missing = onLoop(traffic::missing);
		}
		return missing;
	}

	static void sleep(double seconds) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
	}

	/**
	 * What was counted by a moment. Immutable.
	 *
	 * @param nanoTime the moment
	 * @param cpuSeconds the CPU time of the server
	 * @param databaseSeconds the CPU time of the database
	 * @param received the number of messages
	 */
	private record Sample(long nanoTime, double cpuSeconds, double databaseSeconds, long received) {

	}

}
