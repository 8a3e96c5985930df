package dev.holdfast.sample.simulator;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One device, connected anew after each end of its connection. Confined to its event
 * loop.
 */
final class SimulatedDevice {

	private static final int SHORTEST_WAIT = 500;

	private static final int LONGEST_WAIT = 30_000;

	private final SimulationPlan plan;

	private final int number;

	private final Bootstrap bootstrap;

	private final SimulationCounts counts;

	private int attempts;

	private long sequence;

	SimulatedDevice(SimulationPlan plan, int number, Bootstrap bootstrap, SimulationCounts counts) {
		this.plan = plan;
		this.number = number;
		this.bootstrap = bootstrap;
		this.counts = counts;
	}

	void connect() {
		InetSocketAddress server = new InetSocketAddress(this.plan.host(), this.plan.port());
		this.bootstrap.connect(server, localAddress()).addListener((ChannelFuture connected) -> {
			if (connected.isSuccess()) {
				connected.channel().pipeline().addLast(new Handler());
				connected.channel().writeAndFlush(ByteBufUtil.writeUtf8(connected.channel().alloc(), login()));
			}
			else {
				this.counts.failed++;
				connectLater(connected.channel());
			}
		});
	}

	private @Nullable SocketAddress localAddress() {
		return this.plan.isLocal() ? new InetSocketAddress(this.plan.localAddress(this.number), 0) : null;
	}

	private String login() {
		return this.plan.login(this.number);
	}

	private void connectLater(Channel channel) {
		int longest = Math.min(LONGEST_WAIT, SHORTEST_WAIT << Math.min(this.attempts++, 10));
		int wait = ThreadLocalRandom.current().nextInt(longest / 2, longest);
		if (!channel.eventLoop().isShuttingDown()) {
			channel.eventLoop().schedule(this::connect, wait, TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * One connection of the device.
	 */
	private final class Handler extends SimpleChannelInboundHandler<ByteBuf> {

		private @Nullable Future<?> reports;

		private boolean welcome;

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
			String message = line.toString(StandardCharsets.UTF_8);
			if (message.startsWith("{\"type\":\"ack\"")) {
				SimulatedDevice.this.counts.acknowledged++;
			}
			else if (message.startsWith("{\"type\":\"welcome\"")) {
				welcome(context);
			}
			else if (message.startsWith("{\"type\":\"ping\"")) {
				write(context, "{\"type\":\"pong\"}\n");
			}
			else if (message.startsWith("{\"type\":\"error\"")) {
				SimulatedDevice.this.counts.refused++;
			}
			else {
				SimulatedDevice.this.counts.pushed++;
			}
		}

		private void welcome(ChannelHandlerContext context) {
			this.welcome = true;
			SimulatedDevice.this.attempts = 0;
			SimulatedDevice.this.counts.online++;
			if (SimulatedDevice.this.plan.rate() > 0) {
				long interval = (long) (1e9 / SimulatedDevice.this.plan.rate());
				long first = ThreadLocalRandom.current().nextLong(interval + 1);
				this.reports = context.executor()
					.scheduleAtFixedRate(() -> report(context), first, interval, TimeUnit.NANOSECONDS);
			}
		}

		private void report(ChannelHandlerContext context) {
			double temperature = 20 + ThreadLocalRandom.current().nextInt(100) / 10.0;
			write(context, "{\"type\":\"telemetry\",\"seq\":" + (++SimulatedDevice.this.sequence) + ",\"temperature\":"
					+ temperature + "}\n");
			SimulatedDevice.this.counts.reported++;
		}

		private void write(ChannelHandlerContext context, String message) {
			context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), message), context.voidPromise());
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			if (this.reports != null) {
				this.reports.cancel(false);
			}
			if (this.welcome) {
				SimulatedDevice.this.counts.online--;
			}
			connectLater(context.channel());
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
