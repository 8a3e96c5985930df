package dev.holdfast.server.netty;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Attributes of a connection, bounded in number and in the length of their names, because
 * handlers may take names from a client. Thread-safe.
 */
final class ConnectionAttributes extends ConcurrentHashMap<String, Object> {

	static final int MAX_ATTRIBUTES = 1000;

	ConnectionAttributes() {
		super(4);
	}

	@Override
	public @Nullable Object put(String name, Object value) {
		check(name);
		return super.put(name, value);
	}

	@Override
	public void putAll(Map<? extends String, ?> attributes) {
		attributes.forEach(this::put);
	}

	@Override
	public @Nullable Object putIfAbsent(String name, Object value) {
		check(name);
		return super.putIfAbsent(name, value);
	}

	@Override
	public @Nullable Object computeIfAbsent(String name, Function<? super String, ?> function) {
		check(name);
		return super.computeIfAbsent(name, function);
	}

	@Override
	public @Nullable Object compute(String name, BiFunction<? super String, @Nullable ? super Object, ?> function) {
		check(name);
		return super.compute(name, function);
	}

	@Override
	public @Nullable Object merge(String name, Object value, BiFunction<? super Object, ? super Object, ?> function) {
		check(name);
		return super.merge(name, value, function);
	}

	private void check(String name) {
		Assert.isTrue(name.length() <= MemberConnection.MAX_NAME_LENGTH,
				() -> "'name' must not be longer than %d characters".formatted(MemberConnection.MAX_NAME_LENGTH));
		Assert.state(size() < MAX_ATTRIBUTES || containsKey(name),
				() -> "A connection cannot have more than %d attributes".formatted(MAX_ATTRIBUTES));
	}

}
