package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.FramingException;
import dev.holdfast.codec.FuzzRuns;
import dev.holdfast.handler.DelimiterRouter;
import dev.holdfast.limit.Network;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz tests of what reads bytes of clients on its own: frames of WebSocket, UTF-8,
 * compression, headers of proxies and routes.
 */
class BytesFuzzTests {

	private static final List<Network> proxies = List.of(Network.parse("10.0.0.0/8"));

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void webSocketFrame(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		WebSocketFrame frame = new WebSocketFrame(200);
		ByteBuf in = Unpooled.wrappedBuffer(input.clone());
		try {
			while (in.isReadable() && frame.next(in, true)) {
				assertThat(frame.end()).isLessThanOrEqualTo(in.writerIndex());
				assertThat(frame.offset()).isGreaterThan(in.readerIndex());
				in.readerIndex(frame.end());
			}
		}
		catch (FramingException ex) {
			assertThat(ex).isNotNull();
		}
		byte[] payload = Arrays.copyOf(input, Math.min(input.length, 200));
		ByteBuf sent = Unpooled.wrappedBuffer(WebSocketClient.frame(0x82, payload));
		assertThat(frame.next(sent, false)).isTrue();
		assertThat(ByteBufUtil.getBytes(sent, frame.offset(), frame.length())).isEqualTo(payload);
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void utf8(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		ByteBuf in = Unpooled.wrappedBuffer(input);
		assertThat(Utf8.isValid(in, 0, input.length)).isEqualTo(isUtf8(input));
		if (input.length > 0) {
			int split = (input[0] & 0xFF) % (input.length + 1);
			int begun = Utf8.validate(in, 0, split);
			int valid = (begun != Utf8.INVALID) ? Utf8.validate(in, begun, input.length) : begun;
			assertThat(valid).isEqualTo(Utf8.validate(in, 0, input.length));
		}
	}

	private static boolean isUtf8(byte[] input) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void inflate(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		MessageDeflate deflate = Objects.requireNonNull(MessageDeflate.negotiate("permessage-deflate"));
		try {
			ByteBuf out = deflate.inflate(Unpooled.wrappedBuffer(input), 5000);
			assertThat(out.readableBytes()).isLessThanOrEqualTo(5000);
			out.release();
		}
		catch (FramingException ex) {
			assertThat(ex).isNotNull();
		}
		finally {
			deflate.release();
		}
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void deflate(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		ByteBuf compressed = Unpooled.buffer().writeBytes(input);
		MessageDeflate.deflate(compressed, 0);
		MessageDeflate deflate = Objects.requireNonNull(MessageDeflate.negotiate("permessage-deflate"));
		ByteBuf out = deflate.inflate(compressed, Math.max(input.length, 1));
		assertThat(ByteBufUtil.getBytes(out)).isEqualTo(input);
		out.release();
		deflate.release();
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void proxyHeader(byte[] bytes) throws Exception {
		byte[] input = FuzzRuns.limit(bytes);
		ByteBuf in = Unpooled.wrappedBuffer(input);
		ProxyHeader whole = read(in);
		int split = (input.length > 0) ? (input[input.length - 1] & 0xFF) % input.length : 0;
		ProxyHeader part = read(in.slice(0, split));
		if (part != null) {
			assertThat(part).isEqualTo(whole);
		}
		if (whole != null) {
			assertThat(whole.length()).isPositive().isLessThanOrEqualTo(input.length);
		}
		if (input.length >= 6) {
			InetAddress address = address(Arrays.copyOf(input, (input.length >= 18 && input[0] > 0) ? 16 : 4));
			int port = in.getUnsignedShort(4);
			InetSocketAddress client = new InetSocketAddress(address, port);
			assertThat(read(text(address, port))).extracting(ProxyHeader::client).isEqualTo(client);
		}
	}

	private static InetAddress address(byte[] bytes) throws UnknownHostException {
		return InetAddress.getByAddress(bytes);
	}

	private static ByteBuf text(InetAddress address, int port) {
		String family = (address.getAddress().length == 4) ? "TCP4" : "TCP6";
		return Unpooled.copiedBuffer("PROXY %s %s %2$s %d 443\r\n".formatted(family, address.getHostAddress(), port),
				StandardCharsets.US_ASCII);
	}

	private static @Nullable ProxyHeader read(ByteBuf in) {
		try {
			return ProxyHeader.read(in);
		}
		catch (FramingException ex) {
			return null;
		}
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void forwardedAddress(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
		String text = new String(input, StandardCharsets.ISO_8859_1);
		headers.add((text.indexOf('=') >= 0) ? "Forwarded" : "X-Forwarded-For", text);
		InetSocketAddress address = ForwardedAddress.of(headers, proxies);
		if (address != null) {
			assertThat(address.isUnresolved()).isFalse();
		}
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void delimiterRoute(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		if (input.length > 1) {
			byte[] delimiter = Arrays.copyOf(input, 1 + (input[1] & 1));
			DelimiterRouter router = new DelimiterRouter(delimiter, StandardCharsets.ISO_8859_1);
			ByteBuf in = Unpooled.wrappedBuffer(input);
			String route = router.route(in, delimiter.length, input.length - delimiter.length);
			String text = in.toString(delimiter.length, input.length - delimiter.length, StandardCharsets.ISO_8859_1);
			int end = text.indexOf(new String(delimiter, StandardCharsets.ISO_8859_1));
			String expected = (end >= 0) ? text.substring(0, end) : text;
			assertThat(route).isEqualTo((expected.length() <= 256) ? expected : null);
		}
	}

}
