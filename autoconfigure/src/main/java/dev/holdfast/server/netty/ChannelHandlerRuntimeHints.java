package dev.holdfast.server.netty;

import io.netty.channel.ChannelHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * {@link RuntimeHintsRegistrar} for the channel handlers of this package. Without hints
 * Netty does not see in a native image which events a handler skips, and calls it for all
 * of them. Thread-safe.
 */
class ChannelHandlerRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(ChannelHandler.class));
		for (BeanDefinition handler : scanner.findCandidateComponents(ClassUtils.getPackageName(getClass()))) {
			String type = handler.getBeanClassName();
			if (type != null) {
				hints.reflection().registerType(TypeReference.of(type));
			}
		}
	}

}
