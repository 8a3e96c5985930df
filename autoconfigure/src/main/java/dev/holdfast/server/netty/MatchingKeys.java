package dev.holdfast.server.netty;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Checks that private keys belong to their certificates, which no handshake could be
 * finished with otherwise: as when one of two files has been replaced, and the other not
 * yet.
 */
final class MatchingKeys {

	private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA",
			"EdDSA", "EdDSA", "DSA", "SHA256withDSA");

	private static final byte[] TEXT = { 1, 2, 3, 4, 5, 6, 7, 8 };

	private MatchingKeys() {
	}

	/**
	 * Check all keys of a server whose algorithm is known.
	 * @param keys the keys
	 * @throws GeneralSecurityException if one does not belong to its certificate
	 */
	static void check(KeyManagerFactory keys) throws GeneralSecurityException {
		for (KeyManager manager : keys.getKeyManagers()) {
			if (manager instanceof X509KeyManager x509) {
				check(x509);
			}
		}
	}

	private static void check(X509KeyManager keys) throws GeneralSecurityException {
		for (String algorithm : SIGNATURES.keySet()) {
			@Nullable String[] aliases = keys.getServerAliases(algorithm, null);
			for (String alias : (aliases != null) ? Arrays.asList(aliases) : Arrays.<String>asList()) {
				check(keys.getPrivateKey(alias), keys.getCertificateChain(alias));
			}
		}
	}

	private static void check(@Nullable PrivateKey key, X509Certificate @Nullable [] chain)
			throws GeneralSecurityException {
		String signature = (key != null) ? SIGNATURES.get(key.getAlgorithm()) : null;
		if (signature != null && chain != null && !belongs(key, chain[0], Signature.getInstance(signature))) {
			throw new InvalidKeyException("The private key does not belong to the certificate of '%s'"
				.formatted(chain[0].getSubjectX500Principal()));
		}
	}

	private static boolean belongs(PrivateKey key, X509Certificate certificate, Signature signature)
			throws GeneralSecurityException {
		signature.initSign(key);
		signature.update(TEXT);
		byte[] signed = signature.sign();
		try {
			signature.initVerify(certificate.getPublicKey());
			signature.update(TEXT);
			return signature.verify(signed);
		}
		catch (InvalidKeyException | SignatureException ex) {
			return false;
		}
	}

}
