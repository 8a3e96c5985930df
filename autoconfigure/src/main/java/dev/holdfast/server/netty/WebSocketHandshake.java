package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import dev.holdfast.connection.Handshake;
import dev.holdfast.connection.SocketConnection;

/**
 * {@link Handshake} of a connection. Its attributes are those of the connection.
 * Thread-safe.
 */
final class WebSocketHandshake implements Handshake {

	private final SocketConnection connection;

	private final String path;

	private final String query;

	private volatile @Nullable String subprotocol;

	private volatile @Nullable HttpHeaders headers;

	WebSocketHandshake(SocketConnection connection, UpgradeRequest request, String expectedPath) {
		this.connection = connection;
		this.headers = request.request().headers();
		QueryStringDecoder uri = request.target();
		String path = uri.path();
		this.path = path.equals(expectedPath) ? expectedPath : path;
		this.query = uri.rawQuery();
	}

	void agree(@Nullable String subprotocol) {
		this.subprotocol = subprotocol;
	}

	void dropHeaders() {
		this.headers = null;
	}

	boolean hasHeaders() {
		return this.headers != null;
	}

	@Override
	public String path() {
		return this.path;
	}

	@Override
	public String query() {
		return this.query;
	}

	@Override
	public @Nullable String queryParameter(String name) {
		List<String> values = new QueryStringDecoder(this.query, false).parameters().get(name);
		return (values != null) ? values.get(0) : null;
	}

	@Override
	public Map<String, List<String>> headers() {
		HttpHeaders headers = this.headers;
		Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		if (headers != null) {
			headers.names().forEach((name) -> map.put(name, List.copyOf(headers.getAll(name))));
		}
		return Collections.unmodifiableMap(map);
	}

	@Override
	public @Nullable String header(String name) {
		HttpHeaders headers = this.headers;
		return (headers != null) ? headers.get(name) : null;
	}

	@Override
	public Map<String, String> cookies() {
		HttpHeaders headers = this.headers;
		Map<String, String> cookies = new LinkedHashMap<>();
		if (headers != null) {
			headers.getAll(HttpHeaderNames.COOKIE)
				.forEach((header) -> ServerCookieDecoder.LAX.decodeAll(header)
					.forEach((cookie) -> cookies.putIfAbsent(cookie.name(), cookie.value())));
		}
		return Collections.unmodifiableMap(cookies);
	}

	@Override
	public List<String> subprotocols() {
		HttpHeaders headers = this.headers;
		List<String> offered = new ArrayList<>();
		if (headers != null) {
			headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)
				.forEach((header) -> Collections.addAll(offered,
						StringUtils.tokenizeToStringArray(header, ",", true, true)));
		}
		return List.copyOf(offered);
	}

	@Override
	public @Nullable String subprotocol() {
		return this.subprotocol;
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.connection.remoteAddress();
	}

	@Override
	public Map<String, Object> attributes() {
		return this.connection.attributes();
	}

	@Override
	public String toString() {
		return this.path;
	}

}
