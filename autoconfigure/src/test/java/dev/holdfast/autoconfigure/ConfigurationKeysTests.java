package dev.holdfast.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
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

	private static final Map<String, String> KEYS = keys();

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
		Map<String, @Nullable String> defaults = new LinkedHashMap<>();
		for (MatchResult row : rows()) {
			String cell = row.group(2);
			defaults.put(row.group(1), cell.matches("`[^`]+`") ? cell.replace("`", "") : null);
		}
		assertThat(defaults).isEqualTo(texts("defaultValue"));
	}

	@Test
	void metadataWhenReadHasEachKey() throws IOException {
		assertThat(properties().keySet()).containsExactlyInAnyOrderElementsOf(KEYS.keySet());
	}

	@Test
	void metadataWhenReadHasTypes() throws IOException {
		assertThat(texts("type")).isEqualTo(KEYS);
	}

	@ParameterizedTest
	@MethodSource("keysAndDefaults")
	void keyWhenItsDefaultIsConfiguredChangesNothing(String key, @Nullable String defaultValue) {
		if (defaultValue != null) {
			assertThat(bind(Map.of(key, defaultValue))).isEqualTo(bind(Map.of()));
		}
		else {
			assertThat(value(key)).isIn(null, List.of(), Map.of());
		}
	}

	static List<Arguments> keysAndDefaults() throws IOException {
		Map<String, @Nullable String> defaults = texts("defaultValue");
		return KEYS.keySet().stream().map((key) -> Arguments.of(key, defaults.get(key))).toList();
	}

	private static HoldfastProperties bind(Map<String, String> properties) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		source.put("holdfast.servers.name.enabled", "true");
		properties.forEach((key, value) -> source.put(key.replace("<name>", "name"), value));
		return new Binder(source).bindOrCreate("holdfast", HoldfastProperties.class);
	}

	private static @Nullable Object value(String key) {
		Object value = bind(Map.of());
		for (String name : key.substring("holdfast.".length()).split("\\.")) {
			Object parent = Objects.requireNonNull(value);
			value = (parent instanceof Map<?, ?> map) ? map.get("name") : component(parent, name);
		}
		return value;
	}

	private static @Nullable Object component(Object parent, String name) {
		String component = Arrays.stream(parent.getClass().getRecordComponents())
			.map(RecordComponent::getName)
			.filter((candidate) -> DataObjectPropertyName.toDashedForm(candidate).equals(name))
			.findFirst()
			.orElseThrow();
		return new DirectFieldAccessor(parent).getPropertyValue(component);
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

	@Test
	void serverWhenNothingOfItIsConfiguredIsEnabled() {
		Binder binder = new Binder(new MapConfigurationPropertySource());
		assertThat(binder.bindOrCreate("server", ServerProperties.class).enabled()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("groups")
	void groupWhenNothingOfItIsConfiguredHasDefaultsOfItsKeys(Object group) {
		Binder binder = new Binder(new MapConfigurationPropertySource());
		assertThat(group).isEqualTo(binder.bindOrCreate("group", group.getClass()));
	}

	static List<Object> groups() {
		Binder binder = new Binder(new MapConfigurationPropertySource());
		List<Object> groups = new ArrayList<>();
		collectGroups(binder.bindOrCreate("holdfast", HoldfastProperties.class), groups);
		collectGroups(binder.bindOrCreate("server", ServerProperties.class), groups);
		assertThat(groups).hasSize(15);
		return groups;
	}

	private static void collectGroups(Record properties, List<Object> groups) {
		for (RecordComponent component : properties.getClass().getRecordComponents()) {
			if (component.getType().isRecord()) {
				Record group = (Record) Objects
					.requireNonNull(ReflectionUtils.invokeMethod(component.getAccessor(), properties));
				groups.add(group);
				collectGroups(group, groups);
			}
		}
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

	private static Map<String, String> keys() {
		Map<String, String> keys = new LinkedHashMap<>();
		collect("holdfast.", HoldfastProperties.class, keys);
		return keys;
	}

	private static void collect(String prefix, Class<?> type, Map<String, String> keys) {
		for (RecordComponent component : type.getRecordComponents()) {
			collect(prefix + DataObjectPropertyName.toDashedForm(component.getName()), component, keys);
		}
	}

	private static void collect(String name, RecordComponent component, Map<String, String> keys) {
		Class<?> type = component.getType();
		if (Map.class.isAssignableFrom(type) && !type(component, 1).equals(String.class)) {
			collect(name + ".<name>.", type(component, 1), keys);
		}
		else if (type.isRecord()) {
			collect(name + ".", type, keys);
		}
		else {
			keys.put(name, typeName(component));
		}
	}

	private static Class<?> type(RecordComponent component, int index) {
		return ResolvableType.forType(component.getGenericType()).resolveGeneric(index);
	}

	private static String typeName(RecordComponent component) {
		return component.getType().isPrimitive() ? ClassUtils.resolvePrimitiveIfNecessary(component.getType()).getName()
				: component.getGenericType().getTypeName().replace(", ", ",");
	}

}
