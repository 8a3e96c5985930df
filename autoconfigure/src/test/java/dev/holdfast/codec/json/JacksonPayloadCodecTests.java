package dev.holdfast.codec.json;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JacksonPayloadCodecTests {

	private static final String READING = "{\"name\":\"gr\u00fc\u00df\",\"value\":1.5}";

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final JacksonPayloadCodec codec = new JacksonPayloadCodec(this.mapper);

	@Test
	void createWhenMapperIsNullThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new JacksonPayloadCodec(null))
			.withMessage("'mapper' must not be null");
	}

	@ParameterizedTest
	@MethodSource("buffers")
	void decodeWhenBufferIsOfAnyKindReadsPayload(Function<String, ByteBuf> buffers) throws Exception {
		ByteBuf in = buffers.apply("[" + READING + "]");
		int length = READING.getBytes(StandardCharsets.UTF_8).length;
		Object value = this.codec.decoder(Reading.class).decode(in, 1, length);
		assertThat(value).isEqualTo(new Reading("gr\u00fc\u00df", 1.5));
		assertThat(this.codec.decode(in.slice(1, length), Reading.class)).isEqualTo(value);
		assertThat(in.readerIndex()).isZero();
		assertThat(in.readableBytes()).isEqualTo(length + 2);
		assertThat(in.refCnt()).isOne();
		in.release();
	}

	@ParameterizedTest
	@MethodSource("buffers")
	void decodeWhenPayloadIsLongReadsAllOfIt(Function<String, ByteBuf> buffers) throws Exception {
		for (int length : new int[] { 1021, 1022, 1023, 65_533, 65_534, 65_535, 200_000, 10 }) {
			String text = "x".repeat(length);
			ByteBuf in = buffers.apply("\"" + text + "\"");
			assertThat(this.codec.decode(in, Object.class)).isEqualTo(text);
			in.release();
		}
	}

	@Test
	void decodeWhenTypeIsGenericReadsElements() throws Exception {
		Type type = new TypeReference<List<Reading>>() {
		}.getType();
		assertThat(decode("[" + READING + "]", type)).isEqualTo(List.of(new Reading("gr\u00fc\u00df", 1.5)));
	}

	@Test
	void decodeWhenTypeIsTreeMapObjectOrClassReadsIt() throws Exception {
		assertThat(decode("{\"a\":[1]}", JsonNode.class)).isEqualTo(this.mapper.readTree("{\"a\":[1]}"));
		assertThat(decode("{\"a\":1}", Map.class)).isEqualTo(Map.of("a", 1));
		assertThat(decode("{\"a\":1}", Object.class)).isEqualTo(Map.of("a", 1));
		assertThat(decode("17", Object.class)).isEqualTo(17);
		assertThat(decode("17", long.class)).isEqualTo(17L);
		assertThat(decode("{\"name\":\"a\"}", Bean.class)).isInstanceOfSatisfying(Bean.class,
				(bean) -> assertThat(bean.name).isEqualTo("a"));
	}

	@Test
	void decodeWhenThereIsSpaceAroundReadsPayload() throws Exception {
		assertThat(decode(" \r\n[1] \t", List.class)).isEqualTo(List.of(1));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "{", "{\"name\":", "name", READING + "x", READING + READING, READING + "}", "[]" })
	void decodeWhenPayloadIsNotOneReadingThrowsException(String payload) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> decode(payload, Reading.class));
	}

	@Test
	void decodeWhenTrailingTokensAreAllowedByMapperThrowsExceptionNevertheless() {
		JsonMapper lenient = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
		JacksonPayloadCodec codec = new JacksonPayloadCodec(lenient);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(
				() -> codec.decode(Unpooled.wrappedBuffer("1 2".getBytes(StandardCharsets.UTF_8)), Object.class));
	}

	@Test
	void decodeWhenTreeIsEmptyThrowsException() {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> decode("", JsonNode.class));
	}

	@Test
	void decodeWhenPayloadIsNullThrowsException() {
		assertThatExceptionOfType(MismatchedInputException.class).isThrownBy(() -> decode("null", Reading.class))
			.withMessageContaining("Payload is null")
			.satisfies((ex) -> assertThat(ex.getTargetType()).isEqualTo(Reading.class));
	}

	@Test
	void decodeWhenPayloadIsNullAndTypeHasValueForItReturnsValue() throws Exception {
		assertThat(decode("null", JsonNode.class)).isEqualTo(this.mapper.nullNode());
		Type type = new TypeReference<Optional<String>>() {
		}.getType();
		assertThat(decode("null", type)).isEqualTo(Optional.empty());
	}

	@Test
	void encodeWhenMessageIsObjectAppendsJson() throws Exception {
		assertThat(encode(this.codec, new Reading("gr\u00fc\u00df", 1.5))).isEqualTo("..." + READING);
		assertThat(encode(this.codec, List.of(1, "a"))).isEqualTo("...[1,\"a\"]");
		assertThat(encode(this.codec, this.mapper.readTree("{\"a\":[1]}"))).isEqualTo("...{\"a\":[1]}");
	}

	@Test
	void encodeWhenMessageIsLongAppendsAllOfIt() throws Exception {
		String text = "\u20ac".repeat(100_000);
		assertThat(encode(this.codec, List.of(text))).isEqualTo("...[\"" + text + "\"]");
	}

	@Test
	void encodeWhenMapperIndentsAppendsOneLine() throws Exception {
		JsonMapper indenting = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		assertThat(encode(new JacksonPayloadCodec(indenting), Map.of("a", 1))).isEqualTo("...{\"a\":1}");
	}

	@Test
	void encodeWhenMessageCannotBeWrittenThrowsException() {
		Map<String, Object> message = new HashMap<>();
		message.put("self", message);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> encode(this.codec, message));
	}

	@Test
	void isTextReturnsTrue() {
		assertThat(this.codec.isText()).isTrue();
	}

	static Stream<Function<String, ByteBuf>> buffers() {
		return JsonBuffers.all();
	}

	private Object decode(String payload, Type type) throws Exception {
		return this.codec.decode(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8), type);
	}

	private String encode(JacksonPayloadCodec codec, Object message) throws Exception {
		ByteBuf out = Unpooled.directBuffer().writeBytes(new byte[] { '.', '.', '.' });
		try {
			codec.encode(message, out);
			assertThat(out.refCnt()).isOne();
			return out.toString(StandardCharsets.UTF_8);
		}
		finally {
			out.release();
		}
	}

	record Reading(String name, double value) {

	}

	static final class Bean {

		public String name = "";

	}

}
