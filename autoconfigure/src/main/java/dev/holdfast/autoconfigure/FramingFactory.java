package dev.holdfast.autoconfigure;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.DelimiterFraming;
import dev.holdfast.codec.FixedLengthFraming;
import dev.holdfast.codec.Framing;
import dev.holdfast.codec.LengthField;
import dev.holdfast.codec.LengthFieldFraming;
import dev.holdfast.codec.LimitedFraming;
import dev.holdfast.codec.LineFraming;
import dev.holdfast.codec.RawFraming;

/**
 * Creates the {@link Framing} that the properties of a server ask for.
 */
final class FramingFactory {

	private static final Set<String> NAMES = Set.of("line", "delimiter", "length-field", "fixed-length", "raw");

	private static final Set<Integer> LENGTHS = Set.of(1, 2, 3, 4, 8);

	private final Map<String, Framing> beans;

	FramingFactory(Map<String, Framing> beans) {
		this.beans = beans;
	}

	Framing create(ServerKeys keys, ServerProperties properties) {
		checkUnused(keys, properties);
		long bytes = properties.maxFrameLength().toBytes();
		keys.check("max-frame-length", properties.maxFrameLength(), bytes > 0 && bytes <= Integer.MAX_VALUE / 2,
				"it must be positive and below 1GB");
		int maxFrameLength = (int) bytes;
		return switch (properties.framing()) {
			case "line" -> new LineFraming(maxFrameLength);
			case "delimiter" -> delimiter(keys, properties, maxFrameLength);
			case "length-field" -> lengthField(keys, properties, maxFrameLength);
			case "fixed-length" -> fixedLength(keys, properties, maxFrameLength);
			case "raw" -> new RawFraming(maxFrameLength);
			default -> bean(keys, properties.framing(), maxFrameLength);
		};
	}

	private void checkUnused(ServerKeys keys, ServerProperties properties) {
		exclude(keys, "delimiter", properties.delimiter(), properties.framing());
		exclude(keys, "fixed-length", properties.fixedLength(), properties.framing());
	}

	private void exclude(ServerKeys keys, String key, @Nullable Object value, String framing) {
		if (value != null && !key.equals(framing) && NAMES.contains(framing)) {
			throw keys.invalid(key, value, "the framing '%s' does not use it: remove it, or set '%s' to '%s'"
				.formatted(framing, keys.key("framing"), key));
		}
	}

	private Framing delimiter(ServerKeys keys, ServerProperties properties, int maxFrameLength) {
		String delimiter = keys.required("delimiter", properties.delimiter(),
				"the framing 'delimiter' needs it, for example '\\0' or '\\r\\n'");
		return new DelimiterFraming(keys.delimiter("delimiter", delimiter, properties.charset()), maxFrameLength);
	}

	private Framing lengthField(ServerKeys keys, ServerProperties properties, int maxFrameLength) {
		ServerProperties.LengthField field = properties.lengthField();
		ByteOrder order = (field.byteOrder() == ServerProperties.ByteOrder.BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN
				: ByteOrder.LITTLE_ENDIAN;
		check(keys, field);
		long header = (long) field.offset() + field.length();
		keys.check("max-frame-length", properties.maxFrameLength(), maxFrameLength >= header,
				"the header alone has %d bytes".formatted(header));
		return new LengthFieldFraming(new LengthField(field.offset(), field.length(), field.adjustment(),
				field.includesHeader(), field.strip(), order), maxFrameLength);
	}

	private void check(ServerKeys keys, ServerProperties.LengthField field) {
		keys.check("length-field.length", field.length(), LENGTHS.contains(field.length()),
				"it must be 1, 2, 3, 4 or 8");
		keys.check("length-field.offset", field.offset(), field.offset() >= 0, "it must not be negative");
		keys.check("length-field.strip", field.strip(), !field.strip() || field.offset() == 0,
				"what is in front of the length would be lost: set it to false, or '%s' to 0"
					.formatted(keys.key("length-field.offset")));
	}

	private Framing fixedLength(ServerKeys keys, ServerProperties properties, int maxFrameLength) {
		Integer length = keys.required("fixed-length", properties.fixedLength(), "the framing 'fixed-length' needs it");
		keys.check("fixed-length", length, length > 0, "it must be positive");
		keys.check("fixed-length", length, length <= maxFrameLength, "it must not be above '%s', which is %s"
			.formatted(keys.key("max-frame-length"), properties.maxFrameLength()));
		return new FixedLengthFraming(length, maxFrameLength);
	}

	private Framing bean(ServerKeys keys, String name, int maxFrameLength) {
		Framing framing = this.beans.get(name);
		if (framing == null) {
			Set<String> names = new TreeSet<>(NAMES);
			names.addAll(this.beans.keySet());
			throw keys.invalid("framing", name,
					"there is no such framing and no Framing bean of that name; use one of %s".formatted(names));
		}
		return new LimitedFraming(framing, maxFrameLength);
	}

}
