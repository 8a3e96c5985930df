package dev.holdfast.server.netty;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

import dev.holdfast.server.WebSocketOptions;

/**
 * A request to upgrade to WebSocket and the answers to it. Immutable.
 *
 * @param request the request
 * @param options how the server speaks WebSocket
 */
record UpgradeRequest(HttpRequest request, WebSocketOptions options) {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final String VERSION = "13";

	private static final int KEY_LENGTH = 16;

	/**
	 * Check the request.
	 * @param path its decoded path
	 * @return the status to refuse it with, or {@code null} if nothing speaks against it
	 */
	@Nullable HttpResponseStatus check(String path) {
		HttpHeaders headers = this.request.headers();
		if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
			return HttpResponseStatus.UPGRADE_REQUIRED;
		}
		if (!path.equals(this.options.path())) {
			return HttpResponseStatus.NOT_FOUND;
		}
		if (!isUpgrade(headers)) {
			return HttpResponseStatus.BAD_REQUEST;
		}
		String version = headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
		if (!VERSION.equals(version)) {
			return (version != null) ? HttpResponseStatus.UPGRADE_REQUIRED : HttpResponseStatus.BAD_REQUEST;
		}
		return isOriginAllowed(headers) ? null : HttpResponseStatus.FORBIDDEN;
	}

	/**
	 * Check that the request could be parsed.
	 * @return the status to refuse it with, or {@code null} if it could
	 */
	@Nullable HttpResponseStatus checkSyntax() {
		DecoderResult result = this.request.decoderResult();
		if (result.isSuccess()) {
			return null;
		}
		if (result.cause() instanceof TooLongHttpHeaderException) {
			return HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
		}
		return (result.cause() instanceof TooLongHttpLineException) ? HttpResponseStatus.REQUEST_URI_TOO_LONG
				: HttpResponseStatus.BAD_REQUEST;
	}

	/**
	 * Return what is asked for, in front of which a scheme and a host may stand.
	 * @return the path and the query
	 */
	QueryStringDecoder target() {
		String uri = this.request.uri();
		int authority = uri.startsWith("/") ? -1 : uri.indexOf("://");
		int path = (authority > 0) ? uri.indexOf('/', authority + 3) : 0;
		return new QueryStringDecoder((path >= 0) ? uri.substring(path) : "/");
	}

	private boolean isUpgrade(HttpHeaders headers) {
		return this.request.method().equals(HttpMethod.GET) && !hasBody(headers)
				&& this.request.protocolVersion().equals(HttpVersion.HTTP_1_1)
				&& headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
				&& headers.contains(HttpHeaderNames.HOST)
				&& headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY).size() == 1
				&& isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY).trim());
	}

	private static boolean hasBody(HttpHeaders headers) {
		return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
				|| !"0".equals(headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").trim());
	}

	private static boolean isKey(String key) {
		try {
			return Base64.getDecoder().decode(key).length == KEY_LENGTH;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private boolean isOriginAllowed(HttpHeaders headers) {
		String origin = headers.get(HttpHeaderNames.ORIGIN);
		List<String> allowed = this.options.allowedOrigins();
		if (origin == null || allowed.contains("*")) {
			return true;
		}
		if (!allowed.isEmpty()) {
			return allowed.stream().anyMatch(origin::equalsIgnoreCase);
		}
		String host = host(origin);
		return host != null && host.equalsIgnoreCase(host("//" + headers.get(HttpHeaderNames.HOST)));
	}

	private static @Nullable String host(String uri) {
		try {
			return new URI(uri).getHost();
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	/**
	 * Choose a subprotocol.
	 * @param offered what the client offers
	 * @return the first of the server's list that is offered, or {@code null}
	 */
	@Nullable String subprotocol(List<String> offered) {
		return this.options.subprotocols().stream().filter(offered::contains).findFirst().orElse(null);
	}

	@Nullable MessageDeflate compression() {
		return this.options.compression() ? MessageDeflate.negotiate(joined(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS))
				: null;
	}

	private @Nullable String joined(CharSequence name) {
		List<String> values = this.request.headers().getAll(name);
		return values.isEmpty() ? null : String.join(",", values);
	}

	ByteBuf accept(ByteBufAllocator allocator, @Nullable String subprotocol, @Nullable MessageDeflate compression) {
		String key = this.request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY).trim();
		StringBuilder response = new StringBuilder(256).append("HTTP/1.1 101 Switching Protocols\r\n")
			.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ")
			.append(proof(key))
			.append("\r\n");
		if (subprotocol != null) {
			response.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
		}
		if (compression != null) {
			response.append("Sec-WebSocket-Extensions: ").append(compression.response()).append("\r\n");
		}
		return ByteBufUtil.writeAscii(allocator, response.append("\r\n"));
	}

	private static String proof(String key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-1 is part of every Java platform", ex);
		}
	}

	static ByteBuf refuse(ByteBufAllocator allocator, HttpResponseStatus status) {
		StringBuilder response = new StringBuilder(128).append("HTTP/1.1 ").append(status).append("\r\n");
		if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
			response.append("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nConnection: close, Upgrade\r\n");
		}
		else {
			response.append("Connection: close\r\n");
		}
		return ByteBufUtil.writeAscii(allocator, response.append("Content-Length: 0\r\n\r\n"));
	}

}
