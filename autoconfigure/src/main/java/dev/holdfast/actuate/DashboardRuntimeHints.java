package dev.holdfast.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * {@link RuntimeHintsRegistrar} for the files of the live page and for what is written as
 * JSON beside them. Thread-safe.
 */
class DashboardRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern(DashboardFiles.LOCATION + "*");
		if (ClassUtils.isPresent("org.springframework.boot.actuate.endpoint.OperationResponseBody", classLoader)) {
			new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), DashboardSettings.class,
					SocketsHistory.HistoryDescriptor.class);
		}
	}

}
