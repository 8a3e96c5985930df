package dev.holdfast.autoconfigure;

import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.holdfast.codec.DelimiterFraming;

/**
 * The keys of one server, to name them when their values cannot work. Immutable.
 *
 * @param server the name of the server
 */
record ServerKeys(String server) {

	String key(String key) {
		return "holdfast.servers.%s.%s".formatted(this.server, key);
	}

	void check(String key, @Nullable Object value, boolean valid, String reason) {
		if (!valid) {
			throw invalid(key, value, reason);
		}
	}

	<T> T required(String key, @Nullable T value, String reason) {
		if (value == null) {
			throw invalid(key, null, reason);
		}
		return value;
	}

	byte[] delimiter(String key, String value, Charset charset) {
		try {
			return DelimiterFraming.parse(value, charset);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(key, value, String.valueOf(ex.getMessage()));
		}
	}

	InvalidConfigurationPropertyValueException invalid(String key, @Nullable Object value, String reason) {
		String sentence = Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + '.';
		return new InvalidConfigurationPropertyValueException(key(key), value, sentence);
	}

}
