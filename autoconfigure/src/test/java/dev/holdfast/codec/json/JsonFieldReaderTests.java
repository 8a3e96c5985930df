package dev.holdfast.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JsonFieldReaderTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final JsonFieldReader reader = new JsonFieldReader(this.mapper, "type");

	@Test
	void createWhenFieldIsEmptyThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new JsonFieldReader(this.mapper, ""))
			.withMessage("'field' must not be empty");
	}

	@ParameterizedTest
	@MethodSource("buffers")
	void readWhenBufferIsOfAnyKindReadsPayload(Function<String, ByteBuf> buffers) {
		ByteBuf in = buffers.apply("[{\"type\":\"login\"}]");
		assertThat(this.reader.read(in, 1, in.readableBytes() - 2)).isEqualTo("login");
		assertThat(in.readerIndex()).isZero();
		assertThat(in.refCnt()).isOne();
		in.release();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '#',
			value = { "{\"type\":\"login\"}|login", "{\"type\":17}|17", "{\"type\":-1.50}|-1.50",
					"{\"type\":true}|true", "{\"type\":false}|false", " { \"type\" : \"a\" } |a",
					"{\"type\":\"a\\n\\u00e4\"}|#a\n\u00e4#", "{\"type\":\"\"}|##", "{\"\\u0074ype\":\"a\"}|a",
					"{\"a\":{\"type\":\"no\"},\"b\":[{\"type\":\"no\"}],\"c\":\"type\",\"type\":\"yes\"}|yes",
					"{\"types\":1,\"typ\":2,\"type\":3}|3", "{\"type\":\"first\",\"type\":\"second\"}|first",
					"{\"type\":\"known\",oops|known", "{\"type\":\"known\"}{}|known" })
	void readWhenFieldIsScalarReturnsItsText(String json, String expected) {
		assertThat(read(json)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"other\":1}", "{\"a\":{\"type\":\"nested\"}}", "{\"type\":null}",
			"{\"type\":{\"a\":1}}", "{\"type\":[1]}" })
	void readWhenThereIsNoScalarFieldReturnsNull(String json) {
		assertThat(read(json)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "[\"type\",\"a\"]", "[{\"type\":\"a\"}]", "\"type\"", "17", "null" })
	void readWhenPayloadIsNoObjectReturnsNull(String json) {
		assertThat(read(json)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"type\"", "{\"type\":", "{\"type\":\"lo", "{\"type\":truX", "{\"type\":}",
			"{\"a\":tru,\"type\":1}", "{\"a\":{\"b\":1,\"type\":1}", "{\"a\" 1,\"type\":1}", "{a:1,\"type\":1}",
			"{\"a\":[1}],\"type\":1}", "hello" })
	void readWhenPayloadIsMalformedBeforeTheFieldReturnsNull(String json) {
		assertThat(read(json)).isNull();
	}

	@Test
	void readWhenBytesAreNoTextReturnsNull() {
		ByteBuf in = Unpooled.copiedBuffer("{\"type\":\"a?\"}", StandardCharsets.UTF_8).setByte(10, 0xff);
		assertThat(this.reader.read(in, 0, in.readableBytes())).isNull();
	}

	@Test
	void readWhenPayloadWasCutBehindBufferDoesNotReadOn() {
		ByteBuf in = Unpooled.copiedBuffer("{\"type\":123}", StandardCharsets.UTF_8);
		assertThat(this.reader.read(in, 0, 8)).isNull();
		assertThat(this.reader.read(in, 0, 5)).isNull();
	}

	static Stream<Function<String, ByteBuf>> buffers() {
		return JsonBuffers.all();
	}

	private @Nullable String read(String json) {
		ByteBuf in = Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
		return this.reader.read(in, 0, in.readableBytes());
	}

}
