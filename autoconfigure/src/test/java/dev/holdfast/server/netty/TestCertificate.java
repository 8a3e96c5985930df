package dev.holdfast.server.netty;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

import dev.holdfast.server.TlsOptions;

/**
 * A key and its certificate, which nobody else has signed.
 *
 * @param store the store that has both
 */
record TestCertificate(KeyStore store) {

	private static final char[] PASSWORD = "secret".toCharArray();

	static TestCertificate create(Path directory, String name, String host) throws Exception {
		Path file = directory.resolve(name + ".p12");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "test", "-keyalg", "EC", "-validity", "2", "-dname", "CN=" + name, "-ext",
				"SAN=dns:" + host, "-storetype", "PKCS12", "-storepass", "secret", "-keystore", file.toString())
			.inheritIO()
			.start();
		if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
			throw new IOException("keytool failed");
		}
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD);
		}
		return new TestCertificate(store);
	}

	TlsOptions.Keys keys() {
		try {
			return new TlsOptions.Keys(own(), trust(), null, null);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private KeyManagerFactory own() throws GeneralSecurityException {
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(this.store, PASSWORD);
		return own;
	}

	private TrustManagerFactory trust() throws GeneralSecurityException {
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(this.store);
		return trusted;
	}

	private KeyManager insistent() throws GeneralSecurityException {
		X509ExtendedKeyManager keys = (X509ExtendedKeyManager) own().getKeyManagers()[0];
		return new Insistent(keys.getCertificateChain("test"), keys.getPrivateKey("test"));
	}

	/**
	 * Create the context of a client that trusts the certificate.
	 * @param own what the client shows, {@code null} for nothing
	 * @return the context
	 */
	SSLContext client(TestCertificate own) throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		KeyManager[] keys = (own != null) ? new KeyManager[] { own.insistent() } : null;
		context.init(keys, trust().getTrustManagers(), null);
		return context;
	}

	/**
	 * Shows a certificate even to a server that does not ask for it.
	 */
	private static final class Insistent extends X509ExtendedKeyManager {

		private final X509Certificate[] chain;

		private final PrivateKey key;

		Insistent(X509Certificate[] chain, PrivateKey key) {
			this.chain = chain;
			this.key = key;
		}

		@Override
		public String[] getClientAliases(String keyType, Principal[] issuers) {
			return new String[] { "test" };
		}

		@Override
		public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
			return "test";
		}

		@Override
		public String[] getServerAliases(String keyType, Principal[] issuers) {
			return null;
		}

		@Override
		public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
			return null;
		}

		@Override
		public X509Certificate[] getCertificateChain(String alias) {
			return this.chain;
		}

		@Override
		public PrivateKey getPrivateKey(String alias) {
			return this.key;
		}

	}

}
