package dev.holdfast.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Load in which each request has a time at which it is due, whatever became of earlier
 * ones. Latency counts from that time, so that a server that stalls is charged for the
 * requests that had to wait. The event loop looks for due requests between any two polls
 * of its sockets and never blocks, so that requests leave on time: a scheduled task does
 * that, because a task that submits itself would keep the loop from its sockets. Used
 * once, by one thread.
 */
final class OpenLoop {

	private final Load load;

	private final Traffic traffic = new Traffic();

	private final List<Handler> handlers = new ArrayList<>();

	private final double interval;

	private long begin;

	private long next;

	OpenLoop(Load load) {
		this.load = load;
		this.interval = 1e9 / load.plan().rate();
	}

	LoadResult run() throws Exception {
		RequestPattern pattern = this.load.plan().pattern();
		List<Channel> channels = this.load.connect((index) -> {
			Handler handler = new Handler(pattern, index, this.traffic);
			this.handlers.add(handler);
			return handler;
		});
		this.load.onLoop(this::start);
		LoadResult result = this.load.measure(this.traffic);
		Histogram latency = this.load.onLoop(this.traffic::latencies);
		this.load.onLoop(this.traffic::stop);
		long missing = this.load.drain(this.traffic);
		this.load.close(channels);
		return result.with("p50Micros", micros(latency, 50))
			.with("p99Micros", micros(latency, 99))
			.with("p999Micros", micros(latency, 99.9))
			.with("maxMicros", latency.getMaxValue() / 1e3)
			.with("wrong", this.traffic.wrong)
			.with("missing", missing);
	}

	private static double micros(Histogram latency, double percentile) {
		return latency.getValueAtPercentile(percentile) / 1e3;
	}

	private void start() {
		this.begin = System.nanoTime();
		this.load.eventLoop().execute(this::poll);
	}

	private void poll() {
		long now = System.nanoTime();
		for (long due = due(); due <= now; due = due()) {
			this.handlers.get((int) (this.next++ % this.handlers.size())).send(due);
		}
		if (this.traffic.running) {
			this.load.eventLoop().schedule(this::poll, 0, TimeUnit.NANOSECONDS);
		}
	}

	private long due() {
		return this.begin + (long) (this.next * this.interval);
	}

	/**
	 * One connection. Confined to the event loop.
	 */
	private static final class Handler extends RequestHandler {

		private @Nullable ChannelHandlerContext context;

		private long[] due = new long[16];

		private int head;

		private int tail;

		Handler(RequestPattern pattern, int connection, Traffic traffic) {
			super(pattern, connection, traffic);
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			this.context = context;
		}

		void send(long due) {
			if (this.tail - this.head == this.due.length) {
				grow();
			}
			this.due[this.tail++ & (this.due.length - 1)] = due;
			if (this.context != null) {
				send(this.context, 1);
			}
		}

		private void grow() {
			int count = this.due.length;
			int begin = this.head & (count - 1);
			long[] ordered = Arrays.copyOfRange(this.due, begin, begin + 2 * count);
			System.arraycopy(this.due, 0, ordered, count - begin, begin);
			this.due = ordered;
			this.head = 0;
			this.tail = count;
		}

		@Override
		void replied(int count) {
			long now = System.nanoTime();
			for (int i = 0; i < count; i++) {
				this.traffic.latency(now - this.due[this.head++ & (this.due.length - 1)]);
			}
		}

	}

}
