package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.FramingException;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.ProxyProtocol;

/**
 * Stands in front of everything until the PROXY header has been read, then leaves.
 * Confined to the connection's event loop.
 */
final class ProxyGate extends ByteToMessageDecoder {

	private static final Log logger = LogFactory.getLog(ProxyGate.class);

	private final NettyConnection connection;

	private final ProxyProtocol options;

	ProxyGate(NettyConnection connection, ProxyProtocol options) {
		this.connection = connection;
		this.options = options;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		if (this.options.required() && !isTrusted()) {
			refuse(CloseReason.HANDSHAKE_FAILED, "its network is not trusted");
			return;
		}
		this.connection.awaitHandshake();
		context.channel().config().setAutoRead(true);
	}

	private boolean isTrusted() {
		InetAddress peer = ChannelAddresses.ip(this.connection.channel);
		return peer == null || this.options.trusts(peer);
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (this.connection.state() != ConnectionState.NEW) {
			in.skipBytes(in.readableBytes());
			return;
		}
		try {
			if (!ProxyHeader.mayBegin(in)) {
				begin(context);
				return;
			}
			ProxyHeader header = ProxyHeader.read(in);
			if (header != null && !isTrusted()) {
				refuse(CloseReason.HANDSHAKE_FAILED, "its network is not trusted");
			}
			else if (header != null) {
				in.skipBytes(header.length());
				pass(context, header.client());
			}
		}
		catch (FramingException ex) {
			refuse(CloseReason.BAD_FRAME, String.valueOf(ex.getMessage()));
		}
	}

	private void begin(ChannelHandlerContext context) {
		if (this.options.required()) {
			refuse(CloseReason.HANDSHAKE_FAILED, "there is none");
		}
		else {
			pass(context, null);
		}
	}

	private void pass(ChannelHandlerContext context, @Nullable InetSocketAddress client) {
		this.connection.inputCame();
		if (this.connection.client(client)) {
			context.fireChannelActive();
			context.pipeline().remove(this);
		}
	}

	private void refuse(CloseReason reason, String why) {
		logger.debug("PROXY header of %s is refused: %s".formatted(this.connection.remoteAddress(), why));
		this.connection.close(reason);
	}

}
