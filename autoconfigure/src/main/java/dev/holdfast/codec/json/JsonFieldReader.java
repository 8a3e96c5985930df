package dev.holdfast.codec.json;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one top-level field of JSON objects and nothing behind it. Thread-safe.
 */
public final class JsonFieldReader {

	private final JsonMapper mapper;

	private final SerializableString field;

	/**
	 * Create a new {@link JsonFieldReader}.
	 * @param mapper the mapper whose features apply
	 * @param field the name of the field
	 */
	public JsonFieldReader(JsonMapper mapper, String field) {
		Assert.notNull(mapper, "'mapper' must not be null");
		Assert.hasLength(field, "'field' must not be empty");
		this.mapper = mapper;
		this.field = new SerializedString(field);
	}

	/**
	 * Return the text of the field: that of a string, or a number or boolean as it is
	 * written. If there are several fields of that name, the first one counts.
	 * @param in the buffer that holds the payload, its indexes are not changed
	 * @param offset the absolute index at which the payload begins
	 * @param length the number of bytes of the payload
	 * @return the text, or {@code null} when the payload is no object, is malformed up to
	 * the field, or has no such field with a scalar value
	 */
	public @Nullable String read(ByteBuf in, int offset, int length) {
		byte[] bytes = ScratchArray.bytes(in, offset, length);
		try (JsonParser parser = this.mapper.createParser(bytes, ScratchArray.start(in, offset), length)) {
			return findField(parser) ? scalarText(parser) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private boolean findField(JsonParser parser) {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			return false;
		}
		while (!parser.nextName(this.field)) {
			if (parser.currentToken() != JsonToken.PROPERTY_NAME) {
				return false;
			}
			parser.nextToken();
			parser.skipChildren();
		}
		return true;
	}

	private @Nullable String scalarText(JsonParser parser) {
		JsonToken token = parser.nextToken();
		return (token.isScalarValue() && token != JsonToken.VALUE_NULL) ? parser.getString() : null;
	}

}
