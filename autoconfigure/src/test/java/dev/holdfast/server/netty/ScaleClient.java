package dev.holdfast.server.netty;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Program that opens many connections over TCP, WebSocket or TLS, and sends lines at a
 * steady rate. Does what each line of standard input says. All connections live on one
 * event loop.
 */
public final class ScaleClient {

	private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

	private static final int UNDER_WAY = 200;

	private final EventLoop loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("client", true),
			NioIoHandler.newFactory())
		.next();

	private final List<Channel> channels = new ArrayList<>();

	private final Semaphore room = new Semaphore(UNDER_WAY);

	private final StringBuilder samples = new StringBuilder();

	private long sent;

	private long bytesSent;

	private long received;

	private long bytesReceived;

	private long nextSample;

	private boolean running;

	private ScaleClient() {
	}

	public static void main(String[] args) throws Exception {
		ScaleClient client = new ScaleClient();
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = commands.readLine(); line != null; line = commands.readLine()) {
			String[] command = line.split(" ");
			switch (command[0]) {
				case "open" -> client.open(Integer.parseInt(command[1]), command[2], Integer.parseInt(command[3]));
				case "steady" -> client.steady(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
				default -> client.closeAll();
			}
			System.out.println("done");
		}
	}

	private void open(int count, String kind, int port) throws Exception {
		SslContext tls = kind.equals("tls") ? SslContextBuilder.forClient()
			.trustManager(InsecureTrustManagerFactory.INSTANCE)
			.endpointIdentificationAlgorithm(null)
			.build() : null;
		Bootstrap bootstrap = new Bootstrap().group(this.loop)
			.channel(NioSocketChannel.class)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					if (tls != null) {
						channel.pipeline().addLast(tls.newHandler(channel.alloc()));
					}
					channel.pipeline().addLast(new Receiver(kind));
				}

			});
		for (int i = 0; i < count; i++) {
			this.room.acquire();
			this.channels.add(bootstrap.connect("127.0.0.1", port).channel());
		}
		this.room.acquire(UNDER_WAY);
		this.room.release(UNDER_WAY);
	}

	private void steady(int rate, int seconds) throws Exception {
		this.samples.setLength(0);
		this.loop.submit(() -> {
			this.running = true;
			long began = System.nanoTime();
			this.nextSample = began;
			send(began, 0, rate);
		}).sync();
		TimeUnit.SECONDS.sleep(seconds);
		this.loop.submit(() -> this.running = false).sync();
		while (this.loop.submit(() -> this.received < this.sent).get()) {
			TimeUnit.MILLISECONDS.sleep(5);
		}
		System.out.println("samples" + this.samples);
		System.out
			.println("counts %d %d %d %d".formatted(this.sent, this.bytesSent, this.received, this.bytesReceived));
	}

	private void send(long began, long number, int rate) {
		long now = System.nanoTime();
		long due = (now - began) * rate / 1_000_000_000L;
		long next = number;
		while (next < due) {
			write(this.channels.get((int) (next % this.channels.size())), "message " + next + "\n");
			next++;
		}
		if (now >= this.nextSample) {
			this.nextSample += 20_000_000L;
			this.samples.append(' ').append(now).append(':').append(this.received);
		}
		if (this.running) {
			long from = next;
			this.loop.schedule(() -> send(began, from, rate), 1, TimeUnit.MILLISECONDS);
		}
	}

	private void write(Channel channel, String line) {
		ByteBuf bytes = channel.alloc().buffer();
		bytes.writeCharSequence(line, StandardCharsets.US_ASCII);
		this.sent++;
		this.bytesSent += bytes.readableBytes();
		channel.writeAndFlush(bytes, channel.voidPromise());
	}

	private void closeAll() throws InterruptedException {
		for (Channel channel : this.channels) {
			channel.close().await();
		}
		this.channels.clear();
	}

	/**
	 * One connection. Confined to the event loop.
	 */
	private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {

		private final boolean webSocket;

		private boolean ready;

		Receiver(String kind) {
			this.webSocket = kind.equals("websocket");
		}

		@Override
		public void channelActive(ChannelHandlerContext context) {
			if (this.webSocket) {
				ByteBuf request = context.alloc().buffer();
				request.writeCharSequence(UPGRADE, StandardCharsets.US_ASCII);
				context.writeAndFlush(request);
			}
			else {
				write(context.channel(), "hello\n");
			}
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
			if (!this.webSocket) {
				ScaleClient.this.bytesReceived += message.readableBytes();
				message.forEachByte((value) -> {
					ScaleClient.this.received += (value == '\n') ? 1 : 0;
					return true;
				});
			}
			if (!this.ready) {
				this.ready = true;
				ScaleClient.this.room.release();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			cause.printStackTrace();
			Runtime.getRuntime().halt(1);
		}

	}

}
