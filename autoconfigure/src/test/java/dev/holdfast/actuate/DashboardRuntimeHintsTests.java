package dev.holdfast.actuate;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DashboardRuntimeHints}.
 */
class DashboardRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@Test
	void registrarWhenLoadedIsKnown() {
		assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)).hasAtLeastOneElementOfType(DashboardRuntimeHints.class);
	}

	@Test
	void registerHintsHasFilesAndJson() {
		new DashboardRuntimeHints().registerHints(this.hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.resource().forResource(DashboardFiles.LOCATION + DashboardFiles.PAGE))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(ServerHistoryDescriptor.class)).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(DashboardSettings.Target.class)).accepts(this.hints);
	}

	@Test
	void registerHintsWhenActuatorIsMissingHasFilesOnly() {
		new DashboardRuntimeHints().registerHints(this.hints,
				new FilteredClassLoader("org.springframework.boot.actuate"));
		assertThat(RuntimeHintsPredicates.reflection().onType(ServerHistoryDescriptor.class)).rejects(this.hints);
	}

}
