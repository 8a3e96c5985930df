package dev.holdfast.server.netty;

import java.util.HashMap;
import java.util.Map;

import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

import dev.holdfast.server.TlsOptions;

/**
 * The TLS of one server: the keys for each host that clients name, and those for all
 * other clients. Thread-safe.
 */
final class TlsContexts {

	private final TlsContext others;

	private final Map<String, TlsContext> hosts = new HashMap<>();

	/**
	 * Create new {@link TlsContexts}.
	 * @param server the name of the server
	 * @param options how the server speaks TLS
	 * @throws dev.holdfast.server.TlsSetupException if it cannot be set up
	 */
	TlsContexts(String server, TlsOptions options) {
		this.others = new TlsContext(server, "ssl.bundle", options, options.source());
		options.hosts()
			.forEach(
					(host, source) -> this.hosts.put(host, new TlsContext(server, "ssl.sni." + host, options, source)));
	}

	/**
	 * Create what encrypts a connection. The time of its handshake is left to others.
	 * @return the handler, which replaces itself when the client has begun
	 */
	ChannelHandler newHandler() {
		return new HostNameHandler(this);
	}

	/**
	 * Find the keys for a host: those of its name, those of {@code *.} and what follows
	 * its first label, or those for all others.
	 * @param host the name in lower case, {@code null} if the client named none
	 * @return the current keys
	 */
	SslContext find(@Nullable String host) {
		TlsContext context = (host != null) ? this.hosts.get(host) : null;
		if (context == null && host != null && host.indexOf('.') > 0) {
			context = this.hosts.get("*" + host.substring(host.indexOf('.')));
		}
		return ((context != null) ? context : this.others).get();
	}

}
