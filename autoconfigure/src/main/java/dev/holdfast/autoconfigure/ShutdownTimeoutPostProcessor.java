package dev.holdfast.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.Environment;

import dev.holdfast.server.context.SocketServerGracefulShutdownLifecycle;

/**
 * {@link BeanPostProcessor} that gives the phase in which servers are drained as long as
 * {@code holdfast.shutdown} allows.
 */
final class ShutdownTimeoutPostProcessor implements BeanPostProcessor {

	private static final Duration ENDLESS = Duration.ofDays(1);

	private static final Duration MARGIN = Duration.ofSeconds(2);

	private final Environment environment;

	ShutdownTimeoutPostProcessor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof DefaultLifecycleProcessor processor) {
			Duration grace = duration("grace", Duration.ofSeconds(30));
			Duration timeout = (grace.isZero() ? ENDLESS : grace).plus(duration("delay", Duration.ZERO)).plus(MARGIN);
			processor.setTimeoutForShutdownPhase(SocketServerGracefulShutdownLifecycle.PHASE, timeout.toMillis());
		}
		return bean;
	}

	private Duration duration(String key, Duration defaultValue) {
		return Binder.get(this.environment)
			.bind("holdfast.shutdown." + key, String.class)
			.map((text) -> DurationStyle.detectAndParse(text, ChronoUnit.SECONDS))
			.orElse(defaultValue);
	}

}
