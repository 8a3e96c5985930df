package dev.holdfast.test;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * What a client needs for TLS.
 *
 * @param context the context with the trusted certificates
 * @param parameters the protocols and ciphers
 */
record TlsSettings(SSLContext context, SSLParameters parameters) {

	static TlsSettings of(SSLContext context) {
		return new TlsSettings(context, context.getDefaultSSLParameters());
	}

	static TlsSettings of(SslBundle bundle) {
		TlsSettings settings = of(bundle.createSslContext());
		SslOptions options = bundle.getOptions();
		if (options.getEnabledProtocols() != null) {
			settings.parameters.setProtocols(options.getEnabledProtocols());
		}
		if (options.getCiphers() != null) {
			settings.parameters.setCipherSuites(options.getCiphers());
		}
		return settings;
	}

}
