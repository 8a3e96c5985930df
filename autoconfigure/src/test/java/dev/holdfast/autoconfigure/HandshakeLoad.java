package dev.holdfast.autoconfigure;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

/**
 * Clients that make new TLS connections all the time, and remember what they were shown.
 */
final class HandshakeLoad implements AutoCloseable {

	private final int port;

	private final ExecutorService clients;

	private final Map<String, Integer> shown = new ConcurrentHashMap<>();

	private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	HandshakeLoad(int port, int clients) {
		this.port = port;
		this.clients = Executors.newFixedThreadPool(clients);
		for (int i = 0; i < clients; i++) {
			this.clients.execute(this::run);
		}
	}

	private void run() {
		while (!this.stopped) {
			try {
				this.shown.merge(handshake(this.port, null), 1, Integer::sum);
			}
			catch (Exception ex) {
				this.failures.add(ex);
			}
		}
	}

	/**
	 * Make a connection without anything to resume, and check that it is served.
	 * @param port the port
	 * @param host the host to name, or {@code null}
	 * @return the common name in the certificate that was shown
	 */
	static String handshake(int port, String host) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setServerNames((host != null) ? List.of(new SNIHostName(host)) : List.of());
			socket.setSSLParameters(parameters);
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write("hi\n".getBytes());
			if (socket.getInputStream().readNBytes(3).length < 3) {
				throw new IllegalStateException("No answer");
			}
			X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
			return certificate.getSubjectX500Principal().getName();
		}
	}

	int shown(String name) {
		return this.shown.getOrDefault(name, 0);
	}

	Queue<Exception> failures() {
		return this.failures;
	}

	@Override
	public void close() throws Exception {
		this.stopped = true;
		this.clients.shutdown();
		if (!this.clients.awaitTermination(30, TimeUnit.SECONDS)) {
			throw new IllegalStateException("Clients do not end");
		}
	}

}
