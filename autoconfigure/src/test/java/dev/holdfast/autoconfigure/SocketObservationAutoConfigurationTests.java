package dev.holdfast.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.holdfast.handler.HandlerExtensions;
import dev.holdfast.metrics.MessageObservationInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketObservationAutoConfiguration}.
 */
class SocketObservationAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketObservationAutoConfiguration.class,
				SocketServerAutoConfiguration.class, ObservationAutoConfiguration.class));

	private final ApplicationContextRunner enabled = this.contextRunner
		.withPropertyValues("holdfast.observations.enabled=true");

	@Test
	void whenImportsAreLoadedThenTheyNameAutoConfiguration() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(SocketObservationAutoConfiguration.class.getName());
	}

	@Test
	void whenNotEnabledThenMessagesAreNotObserved() {
		this.contextRunner.run((context) -> {
			assertThat(context).doesNotHaveBean(MessageObservationInterceptor.class);
			assertThat(context.getBean(HandlerExtensions.class).interceptors()).isEmpty();
		});
	}

	@Test
	void whenEnabledThenMessagesAreObserved() {
		this.enabled.run((context) -> assertThat(context.getBean(HandlerExtensions.class).interceptors())
			.containsExactly(context.getBean(MessageObservationInterceptor.class)));
	}

	@Test
	void whenMicrometerIsMissingThenApplicationStartsAllTheSame() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SocketObservationAutoConfiguration.class,
					SocketServerAutoConfiguration.class))
			.withPropertyValues("holdfast.observations.enabled=true")
			.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("messageObservationInterceptor"));
	}

	@Test
	void whenThereIsNoRegistryThenMessagesAreNotObserved() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SocketObservationAutoConfiguration.class))
			.withPropertyValues("holdfast.observations.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(MessageObservationInterceptor.class));
	}

	@Test
	void whenUserHasInterceptorOfTypeThenItWins() {
		MessageObservationInterceptor own = new MessageObservationInterceptor(ObservationRegistry.create());
		this.enabled.withBean("own", MessageObservationInterceptor.class, () -> own)
			.run((context) -> assertThat(context.getBean(MessageObservationInterceptor.class)).isSameAs(own));
	}

}
