package dev.holdfast.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the keys of {@link HoldfastProperties}, their types and their defaults are
 * the same in the guide and in the configuration metadata.
 */
class ConfigurationKeysTests {

	private static final Path GUIDE = Path.of(System.getProperty("basedir", ""))
		.toAbsolutePath()
		.resolve("../docs/configuration.md");

	private static final Pattern ROW = Pattern.compile("^\\| `(holdfast\\.[^`]+)` \\| ([^|]+) \\|");

	private static final String GENERATED = "META-INF/spring-configuration-metadata.json";

	private static final String WRITTEN = "META-INF/additional-spring-configuration-metadata.json";

	private static final String SERVERS = "holdfast.servers";

	private static final Map<String, Key> KEYS = keys();

	@Test
	void keysWhenWalkedReachEveryLevel() {
		assertThat(KEYS).hasSizeGreaterThan(30)
			.containsKeys("holdfast.event-loops", "holdfast.servers.<name>.port",
					"holdfast.servers.<name>.socket.keep-alive.idle")
			.doesNotContainKey("holdfast.servers.<name>.socket.keep-alive");
	}

	@Test
	void guideWhenReadHasEachKeyOnce() throws IOException {
		assertThat(rows()).extracting((row) -> row.group(1)).containsExactlyInAnyOrderElementsOf(KEYS.keySet());
	}

	@Test
	void guideWhenReadHasDefaults() throws IOException {
		for (MatchResult row : rows()) {
			Key key = KEYS.get(row.group(1));
			String cell = row.group(2);
			String defaultValue = cell.matches("`[^`]+`") ? cell.replace("`", "") : null;
			assertThat(defaultValue).as(row.group(1)).isEqualTo((key != null) ? key.defaultValue() : null);
		}
	}

	@Test
	void metadataWhenReadHasEachKey() throws IOException {
		assertThat(properties().keySet()).containsExactlyInAnyOrderElementsOf(KEYS.keySet());
	}

	@Test
	void metadataWhenReadHasTypes() throws IOException {
		Map<String, String> types = new LinkedHashMap<>();
		KEYS.forEach((name, key) -> types.put(name, key.type()));
		assertThat(texts("type")).isEqualTo(types);
	}

	@Test
	void metadataWhenReadHasDefaults() throws IOException {
		Map<String, @Nullable String> defaults = new LinkedHashMap<>();
		KEYS.forEach((name, key) -> defaults.put(name, key.defaultValue()));
		assertThat(texts("defaultValue")).isEqualTo(defaults);
	}

	@Test
	void metadataWhenReadHasDescriptions() throws IOException {
		Map<String, @Nullable String> descriptions = texts("description");
		assertThat(descriptions.values()).doesNotContainNull().allMatch((text) -> text.length() > 10);
	}

	@Test
	void metadataWhenReadHasChoices() throws IOException {
		Map<String, List<String>> choices = new LinkedHashMap<>();
		for (JsonNode hint : nodes(WRITTEN, "hints")) {
			choices.put(key(hint),
					hint.get("values").valueStream().map((value) -> value.get("value").asString()).toList());
		}
		assertThat(choices)
			.isEqualTo(Map.ofEntries(Map.entry("holdfast.servers.<name>.transport", List.of("tcp", "websocket")),
					Map.entry("holdfast.servers.<name>.framing",
							List.of("line", "delimiter", "length-field", "fixed-length", "raw")),
					Map.entry("holdfast.servers.<name>.payload", List.of("text", "json", "bytes")),
					Map.entry("holdfast.servers.<name>.outbound.on-overflow", List.of("close", "drop")),
					Map.entry("holdfast.servers.<name>.length-field.byte-order",
							List.of("big-endian", "little-endian")),
					Map.entry("holdfast.servers.<name>.execution", List.of("event-loop", "blocking")),
					Map.entry("holdfast.servers.<name>.limits.on-excess", List.of("throttle", "drop", "close")),
					Map.entry("holdfast.servers.<name>.ssl.client-auth", List.of("none", "want", "need")),
					Map.entry("holdfast.servers.<name>.ssl.provider", List.of("jdk", "openssl")),
					Map.entry("holdfast.servers.<name>.proxy-protocol.mode", List.of("none", "required", "auto"))));
	}

	private static List<MatchResult> rows() throws IOException {
		return Files.readAllLines(GUIDE).stream().flatMap((line) -> ROW.matcher(line).results()).toList();
	}

	private static Map<String, @Nullable String> texts(String field) throws IOException {
		Map<String, @Nullable String> texts = new LinkedHashMap<>();
		properties()
			.forEach((name, property) -> texts.put(name, property.has(field) ? property.get(field).asString() : null));
		return texts;
	}

	private static Map<String, JsonNode> properties() throws IOException {
		Map<String, JsonNode> properties = new LinkedHashMap<>();
		nodes(WRITTEN, "properties").forEach((property) -> properties.put(key(property), property));
		nodes(GENERATED, "properties").stream()
			.filter((property) -> !key(property).startsWith(SERVERS))
			.forEach((property) -> properties.put(key(property), property));
		return properties;
	}

	private static List<JsonNode> nodes(String resource, String part) throws IOException {
		List<JsonNode> nodes = new ArrayList<>();
		for (URL url : Collections.list(ConfigurationKeysTests.class.getClassLoader().getResources(resource))) {
			try (InputStream in = url.openStream()) {
				JsonMapper.shared().readTree(in).path(part).valueStream().forEach(nodes::add);
			}
		}
		return nodes.stream().filter((node) -> key(node).startsWith("holdfast.")).toList();
	}

	private static String key(JsonNode node) {
		return node.get("name").asString().replace(SERVERS + ".*.", SERVERS + ".<name>.");
	}

	private static Map<String, Key> keys() {
		Map<String, Key> keys = new LinkedHashMap<>();
		collect("holdfast.", HoldfastProperties.class, keys);
		return keys;
	}

	private static void collect(String prefix, Class<?> type, Map<String, Key> keys) {
		Parameter[] parameters = type.getDeclaredConstructors()[0].getParameters();
		List<RecordComponent> components = List.of(type.getRecordComponents());
		for (int i = 0; i < parameters.length; i++) {
			String name = prefix + DataObjectPropertyName.toDashedForm(components.get(i).getName());
			collect(name, components.get(i), parameters[i], keys);
		}
	}

	private static void collect(String name, RecordComponent component, Parameter parameter, Map<String, Key> keys) {
		Class<?> type = component.getType();
		if (Map.class.isAssignableFrom(type) && !type(component, 1).equals(String.class)) {
			collect(name + ".<name>.", type(component, 1), keys);
		}
		else if (type.isRecord()) {
			collect(name + ".", type, keys);
		}
		else {
			DefaultValue value = parameter.getAnnotation(DefaultValue.class);
			boolean hasValue = value != null && value.value().length > 0;
			keys.put(name, new Key(typeName(component), hasValue ? value.value()[0] : null));
		}
	}

	private static Class<?> type(RecordComponent component, int index) {
		return ResolvableType.forType(component.getGenericType()).resolveGeneric(index);
	}

	private static String typeName(RecordComponent component) {
		return component.getType().isPrimitive() ? ClassUtils.resolvePrimitiveIfNecessary(component.getType()).getName()
				: component.getGenericType().getTypeName().replace(", ", ",");
	}

	private record Key(String type, @Nullable String defaultValue) {

	}

}
