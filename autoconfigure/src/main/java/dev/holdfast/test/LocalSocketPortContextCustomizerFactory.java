package dev.holdfast.test;

import java.util.List;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * {@link ContextCustomizerFactory} that makes {@link LocalSocketPort @LocalSocketPort}
 * work. All tests get an equal customizer, so that they can share a context. Thread-safe.
 */
class LocalSocketPortContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		return new LocalSocketPortContextCustomizer();
	}

	private record LocalSocketPortContextCustomizer() implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
			if (context.getBeanFactory() instanceof BeanDefinitionRegistry registry) {
				registry.registerBeanDefinition(LocalSocketPortValue.BEAN_NAME, beanDefinition());
			}
		}

		private BeanDefinition beanDefinition() {
			RootBeanDefinition definition = new RootBeanDefinition(LocalSocketPortValue.class);
			definition.setScope(BeanDefinition.SCOPE_PROTOTYPE);
			definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
			definition.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
			definition.setAutowireCandidate(false);
			return definition;
		}

	}

}
