package dev.holdfast.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * How a server speaks TLS. Immutable.
 *
 * @param source the keys for clients that name no host, or another one
 * @param hosts the keys for clients that name a host, by its name in lower case;
 * {@code *.} in front stands for one more label
 * @param clientAuth whether clients show a certificate
 * @param handshakeTimeout the time that a handshake may take, zero for no limit
 * @param provider what does the encryption
 */
public record TlsOptions(KeySource source, Map<String, KeySource> hosts, ClientAuth clientAuth,
		Duration handshakeTimeout, Provider provider) {

	public TlsOptions {
		hosts = Map.copyOf(hosts);
	}

	/**
	 * Create new {@link TlsOptions} with the same keys for all clients.
	 * @param keys provides the current keys, asked again after each change
	 * @param changes takes what is run whenever the keys have changed
	 * @param clientAuth whether clients show a certificate
	 * @param handshakeTimeout the time that a handshake may take, zero for no limit
	 * @param provider what does the encryption
	 */
	public TlsOptions(Supplier<Keys> keys, Consumer<Runnable> changes, ClientAuth clientAuth, Duration handshakeTimeout,
			Provider provider) {
		this(new KeySource(keys, changes), Map.of(), clientAuth, handshakeTimeout, provider);
	}

	/**
	 * Where keys come from. Immutable.
	 *
	 * @param keys provides the current keys, asked again after each change
	 * @param changes takes what is run whenever the keys have changed
	 */
	public record KeySource(Supplier<Keys> keys, Consumer<Runnable> changes) {

	}

	/**
	 * What a server shows and whom it trusts. Immutable.
	 *
	 * @param own the keys of the server
	 * @param trusted the certificates of clients that are trusted
	 * @param ciphers the cipher suites, {@code null} for those of the provider
	 * @param protocols the versions of TLS, {@code null} for those of the provider
	 */
	public record Keys(KeyManagerFactory own, TrustManagerFactory trusted, @Nullable List<String> ciphers,
			@Nullable List<String> protocols) {

	}

	/**
	 * Whether clients show a certificate. Immutable.
	 */
	public enum ClientAuth {

		/**
		 * Clients are not asked.
		 */
		NONE,

		/**
		 * Clients are asked and may have none.
		 */
		WANT,

		/**
		 * Clients without a trusted certificate are refused.
		 */
		NEED

	}

	/**
	 * What does the encryption. Immutable.
	 */
	public enum Provider {

		/**
		 * The Java platform.
		 */
		JDK,

		/**
		 * OpenSSL, which needs netty-tcnative.
		 */
		OPENSSL

	}

}
