package dev.holdfast.autoconfigure;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.handler.DelimiterRouter;
import dev.holdfast.handler.MessageRouter;

/**
 * Creates what the properties of a server ask for to convert and route payloads.
 */
final class PayloadFactory {

	private static final Set<String> NAMES = Set.of("text", "json", "bytes");

	private final Map<String, PayloadCodec> beans;

	private final @Nullable JsonSupport json;

	private final @Nullable MessageRouter router;

	PayloadFactory(Map<String, PayloadCodec> beans, @Nullable JsonSupport json, @Nullable MessageRouter router) {
		this.beans = beans;
		this.json = json;
		this.router = router;
	}

	PayloadConverter converter(ServerKeys keys, ServerProperties properties) {
		PayloadCodec codec = (this.json != null) ? this.json.codec() : null;
		return switch (properties.payload()) {
			case "text" -> converter(properties, String.class, codec);
			case "bytes" -> converter(properties, byte[].class, codec);
			case "json" -> converter(properties, Object.class, json(keys, "payload", "json").codec());
			default -> converter(properties, Object.class, bean(keys, properties.payload()));
		};
	}

	private PayloadConverter converter(ServerProperties properties, Type defaultType, @Nullable PayloadCodec codec) {
		return new PayloadConverter(properties.charset(), defaultType, codec);
	}

	private PayloadCodec bean(ServerKeys keys, String name) {
		PayloadCodec codec = this.beans.get(name);
		if (codec == null) {
			Set<String> names = new TreeSet<>(NAMES);
			names.addAll(this.beans.keySet());
			throw keys.invalid("payload", name,
					"there is no such payload and no PayloadCodec bean of that name; use one of %s".formatted(names));
		}
		return codec;
	}

	@Nullable MessageRouter router(ServerKeys keys, ServerProperties properties) {
		String field = properties.route().jsonField();
		String delimiter = properties.route().delimiter();
		keys.check("route.delimiter", delimiter, field == null || delimiter == null,
				"'%s' is set too: remove one of the two".formatted(keys.key("route.json-field")));
		if (field != null) {
			return json(keys, "route.json-field", field).router(field);
		}
		return (delimiter != null) ? delimiterRouter(keys, delimiter, properties) : this.router;
	}

	private MessageRouter delimiterRouter(ServerKeys keys, String delimiter, ServerProperties properties) {
		return new DelimiterRouter(keys.delimiter("route.delimiter", delimiter, properties.charset()),
				properties.charset());
	}

	private JsonSupport json(ServerKeys keys, String key, String value) {
		if (this.json == null) {
			throw keys.invalid(key, value, "it needs Jackson: add spring-boot-starter-jackson");
		}
		return this.json;
	}

}
