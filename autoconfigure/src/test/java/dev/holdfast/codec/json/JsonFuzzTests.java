package dev.holdfast.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.holdfast.codec.FuzzRuns;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz tests of JSON: nothing but a {@link JacksonException} is thrown, only the types
 * that were asked for are made, and what was encoded is decoded to itself. The route is
 * that of the first field of its name.
 */
class JsonFuzzTests {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static final JacksonPayloadCodec codec = new JacksonPayloadCodec(mapper);

	private static final JsonFieldReader routes = new JsonFieldReader(mapper, "type");

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void conversion(byte[] bytes) throws Exception {
		byte[] input = FuzzRuns.limit(bytes);
		checkRoundTrip(input, Order.class);
		checkRoundTrip(input, Map.class);
		checkRoundTrip(input, JsonNode.class);
	}

	private static void checkRoundTrip(byte[] input, Class<?> type) throws Exception {
		Object value = decode(Unpooled.wrappedBuffer(input), type);
		if (value != null) {
			assertThat(value).isInstanceOf(type);
			ByteBuf out = Unpooled.buffer();
			codec.encode(value, out);
			assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\n", "\r");
			Object again = decode(out, type);
			if (!value.equals(again)) {
				assertThat(again).hasToString(value.toString());
			}
		}
	}

	private static @Nullable Object decode(ByteBuf in, Class<?> type) throws Exception {
		try {
			return codec.decode(in, type);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void route(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		ByteBuf direct = Unpooled.wrappedBuffer(input).asReadOnly();
		String route = routes.read(direct, 0, input.length);
		JsonNode tree = tree(input);
		if (tree != null && tree.isObject()) {
			JsonNode field = tree.get("type");
			boolean scalar = field != null && field.isValueNode() && !field.isNull();
			if (scalar && field.isString()) {
				assertThat(route).isNotNull();
			}
			if (field == null) {
				assertThat(route).isNull();
			}
		}
	}

	private static @Nullable JsonNode tree(byte[] input) {
		try {
			return mapper.readTree(input);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * What a message is converted to.
	 *
	 * @param type a text
	 * @param number a number
	 * @param items a list of the same
	 */
	record Order(@Nullable String type, int number, @Nullable List<Order> items) {

	}

}
