package dev.holdfast.server.netty;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.ProxyProtocol;
import dev.holdfast.server.WebSocketOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection without a socket, whose buffers are counted.
 */
final class EmbeddedConnection {

	private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false, true);

	private static final HttpRequest UPGRADE = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/live");

	private static final RecordedLog log = RecordedLog.of(NettyConnection.class);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ServerLoop home;

	private final NettyConnection connection;

	private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

	private EmbeddedConnection(TestServer server) {
		this.channel.config().setAllocator(ALLOCATOR);
		ConnectionLoop loop = new ConnectionLoop(this.channel.eventLoop(), 0, "n");
		this.home = new ServerLoop(loop, (NettySocketServer) server.server());
		WebSocketOptions webSocket = this.home.webSocket;
		this.connection = (webSocket != null) ? new WebSocketConnection(this.channel, this.home)
				: new FramedConnection(this.channel, this.home);
		loop.register(this.connection);
		assemble(server);
	}

	private void assemble(TestServer server) {
		ProxyProtocol proxy = server.server().definition().entrance().proxy();
		if (proxy != null) {
			this.channel.pipeline().addLast(new ProxyGate(this.connection, proxy));
		}
		if (this.connection instanceof WebSocketConnection && !isUpgraded()) {
			this.channel.pipeline().addLast(ChannelAssembly.HTTP, new HttpRequestDecoder());
		}
		this.channel.pipeline().addLast(this.connection);
		WebSocketOptions options = this.home.webSocket;
		if (this.connection instanceof WebSocketConnection webSocket && options != null && isUpgraded()) {
			webSocket.handshake(new WebSocketHandshake(webSocket, new UpgradeRequest(UPGRADE, options), "/live"));
			webSocket.upgraded(MessageDeflate.negotiate(webSocketCompression()), null);
		}
		else {
			this.channel.pipeline().fireChannelActive();
		}
	}

	private boolean isUpgraded() {
		return this.home.webSocket != null && this.home.webSocket.subprotocols().isEmpty();
	}

	private @Nullable String webSocketCompression() {
		return (this.home.webSocket != null && this.home.webSocket.compression()) ? "permessage-deflate" : null;
	}

	/**
	 * Send bytes to a server that need not be started, and close.
	 * @param server the server
	 * @param input the bytes
	 * @param splits where the bytes are split, in ascending order
	 * @return what became of them
	 */
	static Outcome run(TestServer server, byte[] input, int... splits) {
		EmbeddedConnection connection = new EmbeddedConnection(server);
		int from = 0;
		for (int split : splits) {
			connection.receive(input, from, split);
			from = split;
		}
		connection.receive(input, from, input.length);
		return connection.end();
	}

	private void receive(byte[] input, int from, int to) {
		if (to > from && this.channel.isActive()) {
			ByteBuf in = ALLOCATOR.directBuffer(to - from).writeBytes(input, from, to - from);
			this.channel.writeInbound(in);
			this.channel.runPendingTasks();
		}
	}

	private Outcome end() {
		CloseReason reason = reason();
		long received = this.connection.messagesReceived();
		String peer = String.valueOf(this.connection.remoteAddress());
		this.channel.close();
		this.channel.runPendingTasks();
		this.channel.checkException();
		for (ByteBuf out = this.channel.readOutbound(); out != null; out = this.channel.readOutbound()) {
			this.sent.writeBytes(ByteBufUtil.getBytes(out));
			out.release();
		}
		assertThat(reason).isNotEqualTo(CloseReason.TRANSPORT_ERROR);
		assertThat(log.lines()).isEmpty();
		assertThat(ALLOCATOR.metric().usedDirectMemory()).isZero();
		assertThat(ALLOCATOR.metric().usedHeapMemory()).isZero();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CLOSED);
		return new Outcome(this.sent.toByteArray(), reason, received, peer);
	}

	private @Nullable CloseReason reason() {
		return Arrays.stream(CloseReason.values())
			.filter((reason) -> this.home.counters.closed[reason.ordinal()] > 0)
			.findFirst()
			.orElse(null);
	}

	/**
	 * What became of bytes.
	 *
	 * @param sent what was sent
	 * @param reason why the connection ended or {@code null} if it had not
	 * @param received the number of messages that were received
	 * @param peer the address of the client
	 */
	record Outcome(byte[] sent, @Nullable CloseReason reason, long received, String peer) {

		@Override
		public boolean equals(Object other) {
			return other instanceof Outcome outcome && Arrays.equals(this.sent, outcome.sent)
					&& this.reason == outcome.reason && this.received == outcome.received
					&& this.peer.equals(outcome.peer);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.sent);
		}

		@Override
		public String toString() {
			return "%s after %d messages of %s, sent %s".formatted(this.reason, this.received, this.peer,
					ByteBufUtil.hexDump(this.sent));
		}

	}

}
