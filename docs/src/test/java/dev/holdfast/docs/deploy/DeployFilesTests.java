package dev.holdfast.docs.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.function.SingletonSupplier;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the files in {@code docs/deploy} can be read, and that they have what
 * connections need that last.
 */
class DeployFilesTests {

	private static final Path DIRECTORY = Path.of(System.getProperty("basedir", "")).resolve("deploy");

	private static final SingletonSupplier<List<Map<String, Object>>> manifests = SingletonSupplier
		.of(DeployFilesTests::readManifests);

	@Test
	void manifestsWhenReadHaveKindVersionAndName() {
		assertThat(manifests.obtain()).extracting((manifest) -> manifest.get("kind"))
			.containsExactly("Deployment", "Service", "PodDisruptionBudget");
		assertThat(manifests.obtain()).allSatisfy((manifest) -> {
			assertThat(manifest.get("apiVersion")).asString().matches("(apps/|policy/)?v1");
			assertThat(value(manifest, "metadata.name")).isEqualTo("holdfast-sample");
		});
	}

	@Test
	void selectorsWhenReadChooseThePods() {
		Map<String, Object> labels = map(manifest("Deployment"), "spec.template.metadata.labels");
		assertThat(map(manifest("Deployment"), "spec.selector.matchLabels")).isEqualTo(labels);
		assertThat(map(manifest("Service"), "spec.selector")).isEqualTo(labels);
		assertThat(map(manifest("PodDisruptionBudget"), "spec.selector.matchLabels")).isEqualTo(labels);
	}

	@ParameterizedTest
	@ValueSource(strings = { "startupProbe", "livenessProbe", "readinessProbe" })
	void probesWhenReadAskForHealthOnAPortOfTheContainer(String probe) {
		String kind = probe.equals("readinessProbe") ? "readiness" : "liveness";
		assertThat(value(container(), probe + ".httpGet.path")).isEqualTo("/actuator/health/" + kind);
		assertThat(ports(container(), "ports")).contains(value(container(), probe + ".httpGet.port"));
	}

	@Test
	void servicePortsWhenReadAreOfTheContainer() {
		List<Object> names = ports(container(), "ports");
		assertThat(list(manifest("Service"), "spec.ports")).allSatisfy((port) -> {
			assertThat(port.get("port")).isInstanceOf(Integer.class);
			assertThat(names).contains(port.get("targetPort"));
		});
	}

	@Test
	void gracePeriodWhenReadIsLongerThanTheDrain() {
		List<Object> command = new ArrayList<>((List<?>) value(container(), "lifecycle.preStop.exec.command"));
		long preStop = Long.parseLong(command.get(1).toString());
		long drain = seconds(environment().get("HOLDFAST_SHUTDOWN_DELAY"))
				+ seconds(environment().get("HOLDFAST_SHUTDOWN_GRACE"));
		assertThat((Integer) value(manifest("Deployment"), "spec.template.spec.terminationGracePeriodSeconds"))
			.isGreaterThan((int) (preStop + drain));
	}

	@Test
	void resourcesWhenReadLimitMemoryAndNotCpu() {
		assertThat(map(container(), "resources.limits")).containsOnlyKeys("memory");
		assertThat(map(container(), "resources.requests")).containsOnlyKeys("memory", "cpu");
	}

	@Test
	void unitWhenReadHasDescriptorsAndTimeToDrain() throws IOException {
		Map<String, List<String>> unit = readUnit();
		assertThat(unit).containsKeys("Unit.Description", "Service.ExecStart", "Service.User", "Service.Restart",
				"Install.WantedBy");
		assertThat(Integer.parseInt(unit.get("Service.LimitNOFILE").get(0))).isGreaterThan(100_000);
		assertThat(unit.get("Service.ExecStart").get(0)).startsWith("/").contains("-jar ");
		long drain = unit.get("Service.Environment")
			.stream()
			.filter((line) -> line.startsWith("HOLDFAST_SHUTDOWN_"))
			.mapToLong((line) -> seconds(line.substring(line.indexOf('=') + 1)))
			.sum();
		assertThat(drain).isPositive();
		assertThat(Long.parseLong(unit.get("Service.TimeoutStopSec").get(0))).isGreaterThan(drain);
	}

	@Test
	void kernelSettingsWhenReadAreKeysAndNumbers() throws IOException {
		try (Stream<String> lines = Files.lines(DIRECTORY.resolve("99-holdfast.conf"))) {
			assertThat(lines.filter((line) -> !line.startsWith("#")))
				.allMatch((line) -> line.matches("[a-z0-9_.-]+ = [0-9]+( [0-9]+)*"));
		}
	}

	@Test
	void dockerfileWhenReadCopiesEachLayer() throws IOException {
		String text = Files.readString(DIRECTORY.resolve("Dockerfile"));
		assertThat(text).contains("/dependencies/", "/spring-boot-loader/", "/snapshot-dependencies/", "/application/",
				"USER 10001");
	}

	private static Map<String, Object> manifest(String kind) {
		return manifests.obtain()
			.stream()
			.filter((manifest) -> kind.equals(manifest.get("kind")))
			.findFirst()
			.orElseThrow();
	}

	private static Map<String, Object> container() {
		return list(manifest("Deployment"), "spec.template.spec.containers").get(0);
	}

	private static Map<String, String> environment() {
		Map<String, String> environment = new HashMap<>();
		list(container(), "env")
			.forEach((entry) -> environment.put((String) entry.get("name"), (String) entry.get("value")));
		return environment;
	}

	private static List<Object> ports(Map<String, Object> from, String path) {
		return list(from, path).stream().map((port) -> port.get("name")).toList();
	}

	private static long seconds(String duration) {
		return DurationStyle.detectAndParse(duration).toSeconds();
	}

	private static Object value(Map<String, Object> from, String path) {
		Object value = from;
		for (String name : path.split("\\.")) {
			value = ((Map<?, ?>) value).get(name);
			assertThat(value).as(path).isNotNull();
		}
		return value;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Map<String, Object> from, String path) {
		return (Map<String, Object>) value(from, path);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> list(Map<String, Object> from, String path) {
		return (List<Map<String, Object>>) value(from, path);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> readManifests() {
		List<Map<String, Object>> manifests = new ArrayList<>();
		try {
			String text = Files.readString(DIRECTORY.resolve("kubernetes.yaml"));
			new Yaml().loadAll(text).forEach((manifest) -> manifests.add((Map<String, Object>) manifest));
			return manifests;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, List<String>> readUnit() throws IOException {
		Map<String, List<String>> unit = new HashMap<>();
		String section = "";
		for (String line : Files.readAllLines(DIRECTORY.resolve("holdfast-sample.service"))) {
			if (line.startsWith("[")) {
				section = line.substring(1, line.length() - 1);
			}
			else if (!line.startsWith("#") && line.contains("=")) {
				String key = section + "." + line.substring(0, line.indexOf('='));
				unit.computeIfAbsent(key, (name) -> new ArrayList<>()).add(line.substring(line.indexOf('=') + 1));
			}
		}
		return unit;
	}

}
