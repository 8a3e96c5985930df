package dev.holdfast.codec.json;

import java.io.OutputStream;
import java.lang.reflect.Type;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import org.springframework.util.Assert;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.codec.PayloadDecoder;

/**
 * {@link PayloadCodec} for JSON. A payload is exactly one JSON value; a {@code null} that
 * the type does not make an object of is refused. What is written is UTF-8 and never
 * indented, so that it fits a line. Thread-safe.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	/**
	 * Create a new {@link JacksonPayloadCodec}.
	 * @param mapper the mapper that reads and writes
	 */
	public JacksonPayloadCodec(JsonMapper mapper) {
		Assert.notNull(mapper, "'mapper' must not be null");
		this.mapper = mapper;
		this.writer = mapper.writer().without(SerializationFeature.INDENT_OUTPUT);
	}

	@Override
	public Object decode(ByteBuf payload, Type type) throws Exception {
		return decoder(type).decode(payload, payload.readerIndex(), payload.readableBytes());
	}

	@Override
	public PayloadDecoder decoder(Type type) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type))
			.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
		return (in, offset, length) -> read(reader, in, offset, length);
	}

	private Object read(ObjectReader reader, ByteBuf in, int offset, int length) {
		byte[] bytes = ScratchArray.bytes(in, offset, length);
		Object value = reader.readValue(bytes, ScratchArray.start(in, offset), length);
		if (value == null) {
			throw MismatchedInputException.from(null, reader.getValueType(), "Payload is null");
		}
		return value;
	}

	@Override
	public void encode(Object message, ByteBuf out) throws Exception {
		try (OutputStream stream = new ByteBufOutputStream(out)) {
			this.writer.writeValue(stream, message);
		}
	}

	@Override
	public boolean isText() {
		return true;
	}

}
