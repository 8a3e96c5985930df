package dev.holdfast.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.ClientText;
import dev.holdfast.connection.CloseReason;

/**
 * Stands between TLS and a connection until the handshake is done, then leaves. Confined
 * to the connection's event loop.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(TlsGate.class);

	private final NettyConnection connection;

	TlsGate(NettyConnection connection) {
		this.connection = connection;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.connection.awaitWithin(this.connection.home.handshakeTicks);
		context.channel().config().setAutoRead(true);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (!(event instanceof SslCompletionEvent completion) || event instanceof SslCloseCompletionEvent) {
			context.fireUserEventTriggered(event);
		}
		else if (completion.isSuccess() && event instanceof SniCompletionEvent) {
			logger.debug("TLS handshake with %s began".formatted(this.connection.remoteAddress()));
		}
		else if (completion.isSuccess()) {
			this.connection.inputCame();
			context.fireChannelActive();
			context.pipeline().remove(this);
		}
		else {
			failed(completion.cause());
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		failed(cause);
	}

	/**
	 * Close without a word, because the handshake takes too long.
	 */
	void late() {
		failed(new SslHandshakeTimeoutException("Handshake was not done in time"));
		Channel.Unsafe channel = this.connection.channel.unsafe();
		channel.close(channel.voidPromise());
	}

	private void failed(Throwable cause) {
		logger.debug("TLS handshake with %s failed".formatted(this.connection.remoteAddress()),
				ClientText.loggable(cause));
		this.connection.close(CloseReason.HANDSHAKE_FAILED);
	}

}
