package dev.holdfast.autoconfigure;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

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
			case "length-field" -> lengthField(keys, properties.lengthField(), maxFrameLength);
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
			throw new MutuallyExclusiveConfigurationPropertiesException(
					Set.of(keys.key("framing") + "=" + framing, keys.key(key)),
					Set.of(keys.key("framing"), keys.key(key)));
		}
	}

	private Framing delimiter(ServerKeys keys, ServerProperties properties, int maxFrameLength) {
		String delimiter = keys.required("delimiter", properties.delimiter(),
				"the framing 'delimiter' needs it, for example '\\0' or '\\r\\n'");
		return valid(keys, "delimiter", delimiter,
				() -> new DelimiterFraming(DelimiterFraming.parse(delimiter, properties.charset()), maxFrameLength));
	}

	private Framing lengthField(ServerKeys keys, ServerProperties.LengthField field, int maxFrameLength) {
		ByteOrder order = (field.byteOrder() == ServerProperties.ByteOrder.BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN
				: ByteOrder.LITTLE_ENDIAN;
		return valid(keys, "length-field", field, () -> new LengthFieldFraming(new LengthField(field.offset(),
				field.length(), field.adjustment(), field.includesHeader(), field.strip(), order), maxFrameLength));
	}

	private Framing fixedLength(ServerKeys keys, ServerProperties properties, int maxFrameLength) {
		Integer length = keys.required("fixed-length", properties.fixedLength(), "the framing 'fixed-length' needs it");
		return valid(keys, "fixed-length", length, () -> new FixedLengthFraming(length, maxFrameLength));
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

	private static Framing valid(ServerKeys keys, String key, Object value, Supplier<Framing> framing) {
		try {
			return framing.get();
		}
		catch (IllegalArgumentException ex) {
			throw keys.invalid(key, value, String.valueOf(ex.getMessage()));
		}
	}

}
