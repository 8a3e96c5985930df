package dev.holdfast.server;

import org.jspecify.annotations.Nullable;

/**
 * What a connection passes before its transport begins. Immutable.
 *
 * @param proxy whose PROXY header is read or {@code null}
 * @param tls how TLS is spoken or {@code null}
 */
public record ConnectionEntrance(@Nullable ProxyProtocol proxy, @Nullable TlsOptions tls) {

	/**
	 * Nothing at all.
	 */
	public static final ConnectionEntrance OPEN = new ConnectionEntrance(null, null);

}
