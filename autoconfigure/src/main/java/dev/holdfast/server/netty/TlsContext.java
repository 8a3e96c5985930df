package dev.holdfast.server.netty;

import java.security.GeneralSecurityException;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.StringUtils;

import dev.holdfast.server.TlsOptions;
import dev.holdfast.server.TlsSetupException;

/**
 * One set of keys of a server. When they change, new connections get the new ones and
 * open connections keep theirs; keys that cannot be used change nothing. Thread-safe.
 */
final class TlsContext {

	private static final Log logger = LogFactory.getLog(TlsContext.class);

	private final String server;

	private final String key;

	private final TlsOptions options;

	private final TlsOptions.KeySource source;

	private volatile SslContext context;

	/**
	 * Create a new {@link TlsContext}.
	 * @param server the name of the server
	 * @param key the key of its configuration that names the bundle
	 * @param options how the server speaks TLS
	 * @param source where the keys come from
	 * @throws TlsSetupException if they cannot be used
	 */
	TlsContext(String server, String key, TlsOptions options, TlsOptions.KeySource source) {
		this.server = server;
		this.key = key;
		this.options = options;
		this.source = source;
		SslProvider provider = provider();
		try {
			this.context = create(provider);
		}
		catch (Exception ex) {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(ex);
			String reason = (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
			throw new TlsSetupException(server, StringUtils.trimTrailingCharacter(reason, '.'),
					"Check the SSL bundle that '%s' names.".formatted(configurationKey(key)), ex);
		}
		source.changes().accept(() -> reload(provider));
	}

	private String configurationKey(String key) {
		return "holdfast.servers.%s.%s".formatted(this.server, key);
	}

	private SslContext create(SslProvider provider) throws SSLException, GeneralSecurityException {
		TlsOptions.Keys keys = this.source.keys().get();
		MatchingKeys.check(keys.own());
		SslContextBuilder builder = SslContextBuilder.forServer(keys.own())
			.trustManager(keys.trusted())
			.sslProvider(provider)
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
		Throwable obstacle = openSslObstacle();
		if (obstacle != null) {
			throw new TlsSetupException(this.server, "OpenSSL is not available",
					"Add io.netty:netty-tcnative-boringssl-static to the class path, or set '%s' to 'jdk'."
						.formatted(configurationKey("ssl.provider")),
					obstacle);
		}
		return SslProvider.OPENSSL;
	}

	private static @Nullable Throwable openSslObstacle() {
		try {
			return OpenSsl.isAvailable() ? null : OpenSsl.unavailabilityCause();
		}
		catch (LinkageError ex) {
			return ex;
		}
	}

	private void reload(SslProvider provider) {
		try {
			this.context = create(provider);
			logger.info("Server '%s' uses the new keys of '%s' for new connections".formatted(this.server, this.key));
		}
		catch (Exception ex) {
			logger.error("Server '%s' keeps the old keys of '%s', because the new ones cannot be used"
				.formatted(this.server, this.key), ex);
		}
	}

	SslContext get() {
		return this.context;
	}

}
