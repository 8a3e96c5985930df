package dev.holdfast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;

import dev.holdfast.server.SocketServerCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the packages depend on each other, and on libraries, as the design says.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.holdfast";

	private static final Set<String> NONE = Set.of();

	private static final Map<String, Set<String>> GRAPH = Map.ofEntries(Map.entry("connection", NONE),
			Map.entry("codec", NONE), Map.entry("codec.json", Set.of("codec")), Map.entry("limit", NONE),
			Map.entry("handler", Set.of("connection", "codec")),
			Map.entry("server", Set.of("connection", "codec", "limit", "handler")),
			Map.entry("server.netty", Set.of("server", "handler", "connection", "codec", "limit")),
			Map.entry("server.context", Set.of("server")),
			Map.entry("cluster", Set.of("server", "connection", "codec")),
			Map.entry("cluster.redis", Set.of("cluster", "connection")),
			Map.entry("metrics", Set.of("server", "handler", "connection", "cluster")),
			Map.entry("capacity", Set.of("server", "limit")),
			Map.entry("actuate", Set.of("server", "connection", "cluster", "capacity")),
			Map.entry("test", Set.of("codec")));

	private static final Map<String, Set<String>> LIBRARIES = Map.of("org.springframework.boot",
			Set.of("actuate", "autoconfigure", "test"), "reactor.netty", Set.of("server.netty"), "io.micrometer",
			Set.of("metrics", "autoconfigure"), "tools.jackson", Set.of("codec.json", "autoconfigure"),
			"com.fasterxml.jackson", Set.of("actuate"), "org.springframework.data.redis",
			Set.of("cluster.redis", "autoconfigure"), "io.lettuce", Set.of("cluster.redis", "autoconfigure"));

	private static final Set<String> SHOWING_TIMES = Set.of("IdentifiedConnection", "ConnectionLog", "LocalRecipients",
			"ClusterCounts", "ClusterNode", "Members", "SocketsHistory");

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void classesWhenImportedHaveMainSourcesOnly() {
		assertThat(CLASSES.contain(SocketServerCustomizer.class)).isTrue();
		assertThat(CLASSES.contain(ArchitectureTests.class)).isFalse();
	}

	@Test
	void classesWhenDependingOnOtherPackagesFollowGraph() {
		ArchRuleDefinition.classes()
			.that()
			.resideOutsideOfPackage(ROOT + ".autoconfigure..")
			.should(dependOnlyAlongGraph())
			.check(CLASSES);
	}

	@Test
	void packagesWhenTheyHaveClassesAreInGraph() {
		assertThat(CLASSES.getPackage(ROOT).getSubpackagesInTree())
			.extracting((javaPackage) -> javaPackage.getName().substring(ROOT.length() + 1))
			.filteredOn((name) -> !name.equals("autoconfigure"))
			.isSubsetOf(GRAPH.keySet());
	}

	@Test
	void packagesWhenSlicedAreFreeOfCycles() {
		SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void libraryWhenUsedIsKnownOnlyInItsPackages(String library, Set<String> packages) {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages(packages.stream().map((name) -> ROOT + "." + name).toArray(String[]::new))
			.and()
			.doNotHaveFullyQualifiedName(SocketServerCustomizer.class.getName())
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library + "..")
			.check(CLASSES);
	}

	@Test
	void wallClockWhenReadTellsTimesThatAreShownOnly() {
		ArchRuleDefinition.noClasses()
			.that(DescribedPredicate.describe("do not show a time",
					(JavaClass type) -> !SHOWING_TIMES.contains(type.getSimpleName())))
			.should()
			.callMethodWhere(DescribedPredicate.describe("the wall clock is read",
					(JavaMethodCall call) -> isOfWallClock(call.getTargetOwner().getName(), call.getName())))
			.check(CLASSES);
	}

	private static boolean isOfWallClock(String type, String method) {
		return type.equals("java.time.Clock") || type.startsWith("java.time.") && method.equals("now")
				|| type.equals("java.lang.System") && method.equals("currentTimeMillis")
				|| type.equals("io.micrometer.core.instrument.Clock") && method.equals("wallTime");
	}

	@Test
	void jacksonWhenUsedForEndpointsIsItsAnnotationsOnly() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("are of Jackson but no annotations",
					(type) -> type.getPackageName().startsWith("com.fasterxml.jackson")
							&& !type.getPackageName().equals("com.fasterxml.jackson.annotation")))
			.check(CLASSES);
	}

	@Test
	void serverCustomizerWhenUsingLibrariesUsesTcpServerOnly() {
		assertThat(CLASSES.get(SocketServerCustomizer.class).getDirectDependenciesFromSelf())
			.extracting((dependency) -> dependency.getTargetClass().getName())
			.filteredOn((name) -> !name.startsWith("java.") && !name.startsWith(ROOT + ".server."))
			.containsOnly("reactor.netty.tcp.TcpServer");
	}

	@ParameterizedTest
	@MethodSource("packages")
	void packageWhenItHasClassesIsNullMarked(JavaPackage javaPackage) {
		assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).isTrue();
	}

	@Test
	void classesWhenNamedSayWhatTheyDo() {
		ArchRuleDefinition.noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?)").check(CLASSES);
	}

	@Test
	void autoConfigurationWhenDeclaredIsPublicAndFinal() {
		ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.resideInAPackage(ROOT + ".autoconfigure")
			.check(CLASSES);
	}

	@Test
	void autoConfigurationWhenDeclaredHasNoPublicMembers() {
		ArchRuleDefinition.noMembers()
			.that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.and(DescribedPredicate.describe("are no constructors",
					(JavaMember member) -> !member.getName().equals("<init>")))
			.should()
			.bePublic()
			.check(CLASSES);
	}

	static Object[][] libraries() {
		return LIBRARIES.entrySet()
			.stream()
			.map((entry) -> new Object[] { entry.getKey(), entry.getValue() })
			.toArray(Object[][]::new);
	}

	static List<JavaPackage> packages() {
		List<JavaPackage> packages = new ArrayList<>(CLASSES.getPackage(ROOT).getSubpackagesInTree());
		packages.add(CLASSES.getPackage(ROOT));
		return packages;
	}

	private static ArchCondition<JavaClass> dependOnlyAlongGraph() {
		return new ArchCondition<>("depend on other packages only along the graph") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
					if (!isAllowed(name(type), name(dependency.getTargetClass()))) {
						events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
					}
				}
			}

		};
	}

	private static boolean isAllowed(String origin, String target) {
		return target.isEmpty() || origin.equals(target) || GRAPH.getOrDefault(origin, NONE).contains(target);
	}

	private static String name(JavaClass type) {
		String name = type.getBaseComponentType().getPackageName();
		return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : "";
	}

}
