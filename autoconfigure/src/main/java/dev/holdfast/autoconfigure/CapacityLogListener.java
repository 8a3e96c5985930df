package dev.holdfast.autoconfigure;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.holdfast.capacity.CapacityLog;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.context.SocketServerStartedEvent;

/**
 * {@link ApplicationListener} that has the capacity of each started server logged, on a
 * thread of its own that ends a second later, so that no start waits for the files of the
 * system. Thread-safe.
 */
final class CapacityLogListener implements ApplicationListener<SocketServerStartedEvent>, DisposableBean {

	private static final Log logger = LogFactory.getLog(CapacityLogListener.class);

	private final CapacityLog log;

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), threads());

	CapacityLogListener(CapacityLog log) {
		this.log = log;
	}

	private static CustomizableThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("holdfast-capacity-");
		threads.setDaemon(true);
		return threads;
	}

	@Override
	public void onApplicationEvent(SocketServerStartedEvent event) {
		this.executor.execute(() -> report(event.server()));
	}

	private void report(SocketServer server) {
		try {
			if (server.address() != null) {
				this.log.started(server);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The capacity of server '%s' cannot be estimated".formatted(server.name()), ex);
		}
	}

	/**
	 * Drop the reports that are not begun, and wait for one that is.
	 */
	@Override
	public void destroy() throws InterruptedException {
		this.executor.getQueue().clear();
		this.executor.shutdown();
		this.executor.awaitTermination(1, TimeUnit.SECONDS);
	}

}
