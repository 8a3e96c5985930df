package dev.holdfast.server.netty;

import io.netty.handler.ssl.SniHandler;

/**
 * Waits for the first message of the client, which may name the host that it wants, and
 * then goes on with the keys of that host. A client that says nothing, or not all of it,
 * costs no TLS engine. Confined to the connection's event loop.
 */
final class HostNameHandler extends SniHandler {

	private static final int MAX_HELLO_LENGTH = 16 * 1024;

	HostNameHandler(TlsContexts contexts) {
		super(contexts::find, MAX_HELLO_LENGTH, 0);
	}

}
