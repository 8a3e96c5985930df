package dev.holdfast.server;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * How a server speaks TLS. Immutable.
 *
 * @param keys provides the current keys, asked again after each change
 * @param changes takes what is run whenever the keys have changed
 * @param clientAuth whether clients show a certificate
 * @param handshakeTimeout the time that a handshake may take, zero for no limit
 * @param provider what does the encryption
 */
public record TlsOptions(Supplier<Keys> keys, Consumer<Runnable> changes, ClientAuth clientAuth,
		Duration handshakeTimeout, Provider provider) {

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
