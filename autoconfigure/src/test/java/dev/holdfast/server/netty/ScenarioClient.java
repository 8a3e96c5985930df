package dev.holdfast.server.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A client of a scenario, good or bad. What it checks it checks exactly: each reply is
 * the next one that it expects. Confined to its event loop.
 */
final class ScenarioClient extends ChannelInboundHandlerAdapter {

	private static final String MODES = "sslmfb";

	private static final int BYTE_MILLIS = 10;

	private final ScenarioClients scenario;

	private final ScenarioBehavior behavior;

	private final ScenarioWire wire;

	private final int place;

	private final long number;

	private final Random random;

	private final Deque<String> expected = new ArrayDeque<>();

	private final ByteBuf in = Unpooled.buffer();

	private boolean greeted;

	private boolean begun;

	private int left;

	private long requests;

	private long replies;

	private long askedAt;

	private boolean ending;

	private volatile @Nullable SocketChannel channel;

	ScenarioClient(ScenarioClients scenario, int place, ScenarioBehavior behavior, ScenarioWire wire, long number,
			Random random) {
		this.scenario = scenario;
		this.place = place;
		this.behavior = behavior;
		this.wire = wire;
		this.number = number;
		this.random = random;
		this.left = behavior.requests(random);
	}

	int place() {
		return this.place;
	}

	boolean isGood() {
		return this.behavior.isGood();
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.channel = (SocketChannel) context.channel();
		this.scenario.opened(this);
		if (this.behavior == ScenarioBehavior.GARBAGE && this.random.nextBoolean()) {
			this.greeted = true;
			garbage();
			return;
		}
		byte[] hello = this.wire.hello();
		if (hello.length > 0) {
			boolean half = this.behavior == ScenarioBehavior.HALF_OPEN && this.random.nextBoolean();
			send(half ? Arrays.copyOf(hello, hello.length / 2) : hello);
		}
		else {
			greeted();
		}
	}

	private SocketChannel channel() {
		SocketChannel channel = this.channel;
		if (channel == null) {
			throw new IllegalStateException("Not connected");
		}
		return channel;
	}

	private void greeted() {
		this.greeted = true;
		if (this.behavior.isGood()) {
			begin();
		}
		else {
			later(this::begin, this.scenario.dwell(this.random));
		}
	}

	private void begin() {
		this.begun = true;
		switch (this.behavior) {
			case GOOD -> ask(identity());
			case BYTEWISE -> bytewise();
			case FLOODING -> all(true);
			case EARLY_CLOSING -> {
				all(true);
				channel().shutdownOutput();
			}
			case SLOW -> slow();
			case RESETTING -> {
				all(false);
				later(this::reset, this.random.nextInt(20));
			}
			case HALF_OPEN -> send(Arrays.copyOf(this.wire.frame("s-never-whole"), 5));
			case GARBAGE -> garbage();
			case SILENT -> leave();
		}
	}

	private String identity() {
		return ScenarioController.IDENTITY + this.number;
	}

	private void all(boolean identified) {
		ByteBuf frames = channel().alloc().buffer();
		if (identified) {
			frames.writeBytes(request(identity()));
		}
		while (this.left > 0) {
			this.left--;
			frames.writeBytes(request(mode() + this.left));
		}
		channel().writeAndFlush(frames);
	}

	private void bytewise() {
		ByteBuf frames = Unpooled.buffer().writeBytes(request(identity()));
		while (this.left > 0) {
			this.left--;
			frames.writeBytes(request(mode() + this.left));
		}
		nextByte(frames);
	}

	private void nextByte(ByteBuf frames) {
		if (frames.isReadable() && channel().isActive()) {
			send(new byte[] { frames.readByte() });
			later(() -> nextByte(frames), BYTE_MILLIS);
		}
	}

	private void slow() {
		channel().config().setAutoRead(false);
		ByteBuf frames = channel().alloc().buffer().writeBytes(request(identity()));
		while (this.left > 0) {
			this.left--;
			frames.writeBytes(request("b" + this.left));
		}
		channel().writeAndFlush(frames);
		later(() -> channel().config().setAutoRead(true), 500 + this.random.nextInt(1000));
	}

	private void garbage() {
		byte[] bytes = new byte[1 + this.random.nextInt(2000)];
		this.random.nextBytes(bytes);
		send(bytes);
		later(() -> channel().close(), 200 + this.random.nextInt(800));
	}

	private void reset() {
		channel().config().setOption(ChannelOption.SO_LINGER, 0);
		channel().close();
	}

	private String mode() {
		return String.valueOf(MODES.charAt(this.random.nextInt(MODES.length())));
	}

	private void ask(String message) {
		this.askedAt = System.nanoTime();
		send(request(message));
	}

	private byte[] request(String message) {
		this.requests++;
		this.expected.add("r" + message + (message.startsWith("b") ? ScenarioController.PADDING : ""));
		if (message.startsWith("f")) {
			this.expected.add("r" + message + ".1");
			this.expected.add("r" + message + ".2");
		}
		return this.wire.frame(message);
	}

	private void send(byte[] bytes) {
		channel().writeAndFlush(Unpooled.wrappedBuffer(bytes));
	}

	private void later(Runnable action, long millis) {
		channel().eventLoop().schedule(() -> {
			if (channel().isActive()) {
				action.run();
			}
		}, millis, TimeUnit.MILLISECONDS);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf bytes = (ByteBuf) message;
		this.in.writeBytes(bytes);
		bytes.release();
		if (this.behavior.isChecked()) {
			check();
			this.in.discardReadBytes();
		}
		else if (!this.greeted) {
			takeHello();
		}
		else {
			this.in.clear();
		}
	}

	private void check() {
		if (!this.greeted && !takeHello()) {
			return;
		}
		for (String reply = this.wire.next(this.in); reply != null; reply = this.wire.next(this.in)) {
			String next = this.expected.poll();
			if (!reply.equals(next)) {
				this.scenario.failed("%s expected '%s' and got '%s'".formatted(this, next, reply));
				channel().close();
				return;
			}
			this.replies++;
		}
		if (this.expected.isEmpty() && this.replies > 0) {
			answered();
		}
	}

	private boolean takeHello() {
		String text = this.in.toString(StandardCharsets.US_ASCII);
		int end = text.indexOf("\r\n\r\n");
		if (end >= 0) {
			this.in.skipBytes(end + 4);
			greeted();
		}
		return end >= 0;
	}

	private void answered() {
		if (this.behavior.isGood()) {
			this.scenario.latency(System.nanoTime() - this.askedAt);
			if (this.left-- > 0 && !this.scenario.isOver()) {
				later(() -> ask(mode() + this.left), this.scenario.pause(this.random));
				return;
			}
		}
		if (!this.ending && this.behavior != ScenarioBehavior.EARLY_CLOSING) {
			leave();
		}
	}

	private void leave() {
		this.ending = true;
		channel().close();
	}

	/**
	 * End what has not begun or would go on for ever. Any thread.
	 */
	void end() {
		SocketChannel channel = this.channel;
		if (channel != null) {
			channel.eventLoop().execute(() -> {
				if (!this.begun || !this.behavior.isChecked()) {
					leave();
				}
			});
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.in.release();
		if (!this.expected.isEmpty() && this.behavior.isChecked()) {
			this.scenario.failed("%s was closed with %d replies missing".formatted(this, this.expected.size()));
		}
		else if (!this.ending && isWaiting()) {
			this.scenario.failed("%s was closed before it had begun".formatted(this));
		}
		else if (this.requests > 0 && this.behavior.isChecked()) {
			this.scenario.counted(new ScenarioResult(this.wire, this.number, this.requests, this.replies));
		}
		this.scenario.ended(this);
	}

	private boolean isWaiting() {
		return this.greeted && !this.begun && this.behavior != ScenarioBehavior.GARBAGE;
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.behavior.isChecked()) {
			this.scenario.failed("%s at %s failed with %d replies missing: %s".formatted(this,
					context.channel().localAddress(), this.expected.size(), cause));
		}
		context.close();
	}

	@Override
	public String toString() {
		return "Client %d (%s over %s)".formatted(this.number, this.behavior, this.wire);
	}

}
