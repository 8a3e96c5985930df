package dev.holdfast.autoconfigure;

import org.springframework.context.ApplicationListener;

import dev.holdfast.capacity.CapacityLog;
import dev.holdfast.server.context.SocketServerStartedEvent;

/**
 * {@link ApplicationListener} that has the capacity of each started server logged.
 * Thread-safe.
 */
final class CapacityLogListener implements ApplicationListener<SocketServerStartedEvent> {

	private final CapacityLog log;

	CapacityLogListener(CapacityLog log) {
		this.log = log;
	}

	@Override
	public void onApplicationEvent(SocketServerStartedEvent event) {
		this.log.started(event.server());
	}

}
