package dev.holdfast.server.netty;

import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.server.TlsOptions;

/**
 * The TLS of one server. When its keys change, new connections get the new ones and open
 * connections keep theirs; keys that cannot be used change nothing. Thread-safe.
 */
final class TlsContexts {

	private static final Log logger = LogFactory.getLog(TlsContexts.class);

	private final String server;

	private final TlsOptions options;

	private volatile SslContext context;

	TlsContexts(String server, TlsOptions options) {
		this.server = server;
		this.options = options;
		try {
			this.context = create();
		}
		catch (Exception ex) {
			throw new IllegalStateException(
					"TLS of server '%s' cannot be set up: %s".formatted(server, ex.getMessage()), ex);
		}
		options.changes().accept(this::reload);
	}

	private SslContext create() throws SSLException {
		TlsOptions.Keys keys = this.options.keys().get();
		SslContextBuilder builder = SslContextBuilder.forServer(keys.own())
			.trustManager(keys.trusted())
			.sslProvider(provider())
			.clientAuth(clientAuth());
		if (keys.ciphers() != null) {
			builder.ciphers(keys.ciphers());
		}
		if (keys.protocols() != null) {
			builder.protocols(keys.protocols());
		}
		return builder.build();
	}

	private ClientAuth clientAuth() {
		return switch (this.options.clientAuth()) {
			case NONE -> ClientAuth.NONE;
			case WANT -> ClientAuth.OPTIONAL;
			case NEED -> ClientAuth.REQUIRE;
		};
	}

	private SslProvider provider() {
		if (this.options.provider() == TlsOptions.Provider.JDK) {
			return SslProvider.JDK;
		}
		if (!OpenSsl.isAvailable()) {
			throw new IllegalStateException(
					"OpenSSL is not available: add io.netty:netty-tcnative-boringssl-static, "
							+ "or set 'holdfast.servers.%s.ssl.provider' to 'jdk'".formatted(this.server),
					OpenSsl.unavailabilityCause());
		}
		return SslProvider.OPENSSL;
	}

	private void reload() {
		try {
			this.context = create();
			logger.info("Server '%s' uses new keys for new connections".formatted(this.server));
		}
		catch (Exception ex) {
			logger.error("Server '%s' keeps its old keys, because the new ones cannot be used".formatted(this.server),
					ex);
		}
	}

	SslHandler newHandler(ByteBufAllocator allocator) {
		SslHandler handler = this.context.newHandler(allocator);
		handler.setHandshakeTimeoutMillis(this.options.handshakeTimeout().toMillis());
		return handler;
	}

}
