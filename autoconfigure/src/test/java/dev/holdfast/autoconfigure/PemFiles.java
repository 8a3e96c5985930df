package dev.holdfast.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A key and its certificate as text.
 *
 * @param certificate the certificate, which nobody else has signed
 * @param key the key
 */
public record PemFiles(String certificate, String key) {

	private static final char[] PASSWORD = "secret".toCharArray();

	public static PemFiles create(Path directory, String name) throws Exception {
		Path file = directory.resolve(name + ".p12");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "test", "-keyalg", "EC", "-validity", "2", "-dname", "CN=" + name, "-ext",
				"SAN=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", "secret", "-keystore",
				file.toString())
			.inheritIO()
			.start();
		if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
			throw new IOException("keytool failed");
		}
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD);
		}
		return new PemFiles(pem("CERTIFICATE", store.getCertificate("test").getEncoded()),
				pem("PRIVATE KEY", store.getKey("test", PASSWORD).getEncoded()));
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type,
				Base64.getMimeEncoder().encodeToString(content));
	}

	/**
	 * Write both files so that each of them is always whole.
	 * @param directory where they are
	 * @param name their name without extension
	 */
	void write(Path directory, String name) throws IOException {
		replace(directory.resolve(name + ".key"), this.key);
		replace(directory.resolve(name + ".crt"), this.certificate);
	}

	private static void replace(Path file, String content) throws IOException {
		Path whole = Files.writeString(Files.createTempFile(file.getParent().getParent(), "pem", null), content);
		Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	static String[] properties(Path directory, String name) {
		String prefix = "spring.ssl.bundle.pem." + name + ".";
		return new String[] { prefix + "reload-on-update=true",
				prefix + "keystore.certificate=file:" + directory.resolve(name + ".crt"),
				prefix + "keystore.private-key=file:" + directory.resolve(name + ".key") };
	}

}
