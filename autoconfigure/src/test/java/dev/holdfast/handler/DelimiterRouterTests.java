package dev.holdfast.handler;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DelimiterRouter}.
 */
class DelimiterRouterTests {

	@ParameterizedTest
	@CsvSource({ "get key,' ',get", "get  key,' ',get", "'get ',' ',get", "get,' ',get", "' get',' ',''",
			"get::key,::,get", "get:key::x,::,get:key", "get:,::,get:", "é key,' ',é" })
	void routeWhenMessageHasDelimiterIsTextInFrontOfIt(String message, String delimiter, String route) {
		assertThat(route(message, delimiter)).isEqualTo(route);
	}

	@Test
	void routeWhenMessageIsEmptyIsEmpty() {
		assertThat(route("", " ")).isEmpty();
	}

	@Test
	void routeWhenAsLongAsAllowedIsFound() {
		String route = "r".repeat(256);
		assertThat(route(route + "::x", "::")).isEqualTo(route);
		assertThat(route(route, "::")).isEqualTo(route);
	}

	@Test
	void routeWhenLongerThanAllowedIsNone() {
		assertThat(route("r".repeat(257) + " x", " ")).isNull();
		assertThat(route("r".repeat(257), " ")).isNull();
		assertThat(route("r".repeat(100_000), " ")).isNull();
	}

	@Test
	void routeWhenDelimiterIsBehindMessageDoesNotSeeIt() {
		ByteBuf buffer = Unpooled.copiedBuffer("a key b", StandardCharsets.UTF_8);
		DelimiterRouter router = new DelimiterRouter(new byte[] { ' ' }, StandardCharsets.UTF_8);
		assertThat(router.route(buffer, 2, 3)).isEqualTo("key");
		assertThat(buffer.readerIndex()).isZero();
	}

	@Test
	void routeWhenCharsetIsOtherUsesIt() {
		ByteBuf buffer = Unpooled.copiedBuffer("é key", StandardCharsets.ISO_8859_1);
		DelimiterRouter router = new DelimiterRouter(new byte[] { ' ' }, StandardCharsets.ISO_8859_1);
		assertThat(router.route(buffer, 0, buffer.readableBytes())).isEqualTo("é");
	}

	@Test
	void createWhenDelimiterIsEmptyThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new DelimiterRouter(new byte[0], StandardCharsets.UTF_8))
			.withMessage("'delimiter' must not be empty");
	}

	private static String route(String message, String delimiter) {
		ByteBuf buffer = Unpooled.copiedBuffer("  " + message, StandardCharsets.UTF_8);
		return new DelimiterRouter(delimiter.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).route(buffer, 2,
				buffer.readableBytes() - 2);
	}

}
