package dev.holdfast.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Promise;

/**
 * Upgrades a connection to WebSocket with the headers of a browser and leaves. Confined
 * to the event loop.
 */
final class UpgradeHandler extends ByteToMessageDecoder {

	private static final String REQUEST = """
			GET / HTTP/1.1
			Host: 127.0.0.1:%1$d
			Connection: Upgrade
			Pragma: no-cache
			Cache-Control: no-cache
			User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
			Upgrade: websocket
			Origin: http://127.0.0.1:%1$d
			Sec-WebSocket-Version: 13
			Accept-Encoding: gzip, deflate, br, zstd
			Accept-Language: en-GB,en-US;q=0.9,en;q=0.8
			Cookie: SESSION=MDRhNjYyYjUtNDg2Zi00YWQzLTk2NmYtYjE3NjdkNTRiNmQ2; theme=dark; consent=necessary
			Sec-WebSocket-Key: %2$s
			%3$s
			""";

	private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\n";

	private static final String ACCEPTED = "HTTP/1.1 101 ";

	private static final int MAX_RESPONSE = 4096;

	private final Promise<Void> upgraded;

	private final boolean offersCompression;

	UpgradeHandler(Promise<Void> upgraded, boolean offersCompression) {
		this.upgraded = upgraded;
		this.offersCompression = offersCompression;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		byte[] key = new byte[16];
		ThreadLocalRandom.current().nextBytes(key);
		int port = ((InetSocketAddress) context.channel().remoteAddress()).getPort();
		String request = REQUEST.formatted(port, Base64.getEncoder().encodeToString(key),
				this.offersCompression ? OFFER : "");
		context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), request.replace("\n", "\r\n")));
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws IOException {
		String received = in.toString(in.readerIndex(), Math.min(in.readableBytes(), MAX_RESPONSE),
				StandardCharsets.US_ASCII);
		int end = received.indexOf("\r\n\r\n");
		if (end < 0) {
			return;
		}
		if (!received.startsWith(ACCEPTED)) {
			throw new IOException("Not upgraded: " + received);
		}
		in.skipBytes(end + 4);
		this.upgraded.trySuccess(null);
		context.pipeline().remove(this);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.upgraded.tryFailure(cause);
		context.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		this.upgraded.tryFailure(new IOException("The connection ended before it was upgraded"));
		super.channelInactive(context);
	}

}
