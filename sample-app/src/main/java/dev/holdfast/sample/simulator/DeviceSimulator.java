package dev.holdfast.sample.simulator;

import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;

/**
 * Program that plays many devices against the {@code devices} server: they connect, log
 * in, report telemetry, count what is pushed to them, and come back when they are cut
 * off. It prints a line per second.
 */
public final class DeviceSimulator implements AutoCloseable {

	private static final int MAX_LINE = 64 * 1024;

	private final SimulationPlan plan;

	private final SimulationCounts counts = new SimulationCounts();

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
			Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

	DeviceSimulator(SimulationPlan plan) {
		this.plan = plan;
	}

	/**
	 * Run a simulation.
	 * @param args pairs of an option and its value
	 * @throws InterruptedException if the program is told to end
	 */
	public static void main(String[] args) throws InterruptedException {
		try (DeviceSimulator simulator = new DeviceSimulator(SimulationPlan.parse(args))) {
			simulator.run();
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(1);
		}
	}

	void run() throws InterruptedException {
		long begin = System.nanoTime();
		int started = 0;
		int second = 0;
		while (this.plan.seconds() == 0 || second < this.plan.seconds()) {
			int due = (int) Math.min(this.plan.devices(), (long) this.plan.connectRate() * (second + 1));
			started = start(started, due);
			second++;
			TimeUnit.NANOSECONDS.sleep(begin + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
			System.out.println(this.counts.line(second));
		}
	}

	private int start(int from, int to) {
		Bootstrap bootstrap = bootstrap();
		for (int device = from; device < to; device++) {
			new SimulatedDevice(this.plan, device, bootstrap, this.counts).connect();
		}
		return to;
	}

	private Bootstrap bootstrap() {
		return new Bootstrap().group(this.group)
			.channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE));
				}

			});
	}

	SimulationCounts counts() {
		return this.counts;
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
	}

}
