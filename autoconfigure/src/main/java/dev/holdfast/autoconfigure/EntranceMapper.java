package dev.holdfast.autoconfigure;

import java.net.IDN;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.util.Assert;

import dev.holdfast.limit.Network;
import dev.holdfast.server.ConnectionEntrance;
import dev.holdfast.server.ProxyProtocol;
import dev.holdfast.server.TlsOptions;

/**
 * Maps {@link ServerProperties} to a {@link ConnectionEntrance}. Immutable.
 *
 * @param keys the keys of the server
 * @param properties the properties of the server
 * @param bundles the bundles of the application or {@code null}
 */
record EntranceMapper(ServerKeys keys, ServerProperties properties, @Nullable SslBundles bundles) {

	private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

	private static final String HOST_RULE = "it must be a host name such as 'example.com' or '*.example.com'; "
			+ "in YAML the latter is written \"[*.example.com]\"";

	ConnectionEntrance entrance() {
		return new ConnectionEntrance(proxy(this.properties.proxyProtocol()), tls(this.properties.ssl()));
	}

	private @Nullable ProxyProtocol proxy(ServerProperties.ProxyProtocol proxy) {
		List<Network> trusted = new LimitsMapper(this.keys, this.properties).networks("proxy-protocol.trusted",
				proxy.trusted());
		if (proxy.mode() == ServerProperties.ProxyProtocol.Mode.NONE) {
			return null;
		}
		this.keys.check("proxy-protocol.trusted", proxy.trusted(),
				!trusted.isEmpty() || this.properties.unixSocket() != null,
				"set it to the addresses or networks of the proxies, for any other could claim any address");
		return new ProxyProtocol(proxy.mode() == ServerProperties.ProxyProtocol.Mode.REQUIRED, trusted);
	}

	private @Nullable TlsOptions tls(ServerProperties.Ssl ssl) {
		String name = ssl.bundle();
		if (name == null) {
			this.keys.check("ssl.sni", ssl.sni(), ssl.sni().isEmpty(), needsBundle());
			this.keys.check("ssl.client-auth", ssl.clientAuth(), ssl.clientAuth() == TlsOptions.ClientAuth.NONE,
					needsBundle());
			return null;
		}
		this.keys.check("ssl.handshake-timeout", ssl.handshakeTimeout(), !ssl.handshakeTimeout().isNegative(),
				"it must not be negative");
		Map<String, TlsOptions.KeySource> hosts = new LinkedHashMap<>();
		ssl.sni().forEach((host, bundle) -> hosts.put(host(host), source("ssl.sni." + host, bundle)));
		return new TlsOptions(source("ssl.bundle", name), hosts, ssl.clientAuth(), ssl.handshakeTimeout(),
				ssl.provider());
	}

	private String needsBundle() {
		return "without '%s' the server speaks no TLS at all".formatted(this.keys.key("ssl.bundle"));
	}

	private String host(String host) {
		try {
			String ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
			this.keys.check("ssl.sni." + host, host, HOST.matcher(ascii).matches(), HOST_RULE);
			return ascii;
		}
		catch (IllegalArgumentException ex) {
			throw this.keys.invalid("ssl.sni." + host, host, HOST_RULE);
		}
	}

	private TlsOptions.KeySource source(String key, String name) {
		SslBundles bundles = bundles(key, name);
		return new TlsOptions.KeySource(() -> keys(bundles.getBundle(name)),
				(change) -> bundles.addBundleUpdateHandler(name, (bundle) -> change.run()));
	}

	private SslBundles bundles(String key, String name) {
		SslBundles bundles = this.bundles;
		try {
			if (bundles != null) {
				bundles.getBundle(name);
				return bundles;
			}
		}
		catch (NoSuchSslBundleException ex) {
			throw this.keys.invalid(key, name, "there is no such bundle under 'spring.ssl.bundle'");
		}
		throw this.keys.invalid(key, name, "there are no SSL bundles in this application");
	}

	private static TlsOptions.Keys keys(SslBundle bundle) {
		SslOptions options = bundle.getOptions();
		Assert.state(bundle.getStores().getKeyStore() != null, "The SSL bundle has no keys");
		return new TlsOptions.Keys(bundle.getManagers().getKeyManagerFactory(),
				bundle.getManagers().getTrustManagerFactory(), list(options.getCiphers()),
				list(options.getEnabledProtocols()));
	}

	private static @Nullable List<String> list(String @Nullable [] values) {
		return (values != null) ? Arrays.asList(values) : null;
	}

}
