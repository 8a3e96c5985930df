package dev.holdfast.actuate;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * What a response says about keeping a copy of it. Immutable.
 *
 * @param cacheControl the directive or {@code null}
 * @param entityTag the tag of the content or {@code null}
 */
record CacheHeaders(@Nullable String cacheControl, @Nullable String entityTag) {

	static final CacheHeaders NONE = new CacheHeaders(null, null);

	static final CacheHeaders NEVER = new CacheHeaders("no-store", null);

	static CacheHeaders revalidate(String entityTag) {
		return new CacheHeaders("no-cache", entityTag);
	}

	void forEach(BiConsumer<String, String> header) {
		if (this.cacheControl != null) {
			header.accept("Cache-Control", this.cacheControl);
			header.accept("X-Content-Type-Options", "nosniff");
		}
	}

}
