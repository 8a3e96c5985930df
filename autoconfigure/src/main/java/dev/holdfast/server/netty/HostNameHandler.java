package dev.holdfast.server.netty;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/**
 * Waits until the client has named the host that it wants, and then goes on with the keys
 * of that host. Confined to the connection's event loop.
 */
final class HostNameHandler extends SniHandler {

	private static final int MAX_HELLO_LENGTH = 64 * 1024;

	private final long began = System.nanoTime();

	/**
	 * Create a new {@link HostNameHandler}.
	 * @param contexts the keys of each host
	 * @param handshakeTimeout the milliseconds for the whole handshake, 0 for no limit
	 */
	HostNameHandler(TlsContexts contexts, long handshakeTimeout) {
		super(contexts::find, MAX_HELLO_LENGTH, handshakeTimeout);
	}

	@Override
	protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
		SslHandler handler = super.newSslHandler(context, allocator);
		if (this.handshakeTimeoutMillis > 0) {
			long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.began);
			handler.setHandshakeTimeoutMillis(Math.max(1, this.handshakeTimeoutMillis - elapsed));
		}
		return handler;
	}

}
