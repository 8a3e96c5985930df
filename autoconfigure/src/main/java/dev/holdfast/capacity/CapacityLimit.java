package dev.holdfast.capacity;

import java.util.Locale;
import java.util.Map;

/**
 * Something that limits how many connections there can be. Immutable.
 *
 * @param name the name of the limit
 * @param value the limit
 * @param unit what the limit counts: {@code descriptors}, {@code bytes}, {@code pages} or
 * {@code connections}
 * @param connections how many connections it allows in all, those that are there included
 * @param cures what raises the limit, by where it is set
 */
public record CapacityLimit(String name, long value, String unit, long connections, Map<String, String> cures) {

	boolean isConfigured() {
		return this.name.startsWith("holdfast.");
	}

	/**
	 * Describe the limit in a few words.
	 * @return its name and value
	 */
	String describe() {
		return String.format(Locale.ROOT, "%s (%,d %s)", this.name, this.value, this.unit);
	}

}
