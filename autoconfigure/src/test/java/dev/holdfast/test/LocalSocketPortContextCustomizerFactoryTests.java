package dev.holdfast.test;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalSocketPortContextCustomizerFactory}.
 */
class LocalSocketPortContextCustomizerFactoryTests {

	private final LocalSocketPortContextCustomizerFactory factory = new LocalSocketPortContextCustomizerFactory();

	@Test
	void factoryWhenLoadedFromSpringFactoriesIsFound() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ContextCustomizerFactory.class))
			.hasAtLeastOneElementOfType(LocalSocketPortContextCustomizerFactory.class);
	}

	@Test
	void createWhenTestClassesDifferReturnsEqualCustomizers() {
		ContextCustomizer first = this.factory.createContextCustomizer(String.class, List.of());
		ContextCustomizer second = this.factory.createContextCustomizer(Integer.class, List.of());
		assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
	}

	@Test
	void customizeWhenContextIsNotRefreshedCreatesNoBean() {
		try (StaticApplicationContext context = new StaticApplicationContext()) {
			this.factory.createContextCustomizer(String.class, List.of())
				.customizeContext(context, new MergedContextConfiguration(String.class, null, null, null, null));
			context.refresh();
			assertThat(context.getBeanFactory().getBeanDefinition(LocalSocketPortValue.BEAN_NAME).isPrototype())
				.isTrue();
		}
	}

}
