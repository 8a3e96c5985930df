package dev.holdfast.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Chooses what runs handler methods that may block: the application's own executor,
 * virtual threads, or a pool that grows as it is needed. Thread-safe.
 */
final class BlockingExecutors implements DisposableBean {

	static final String BEAN_NAME = "holdfastExecutor";

	private static final String THREAD_NAME_PREFIX = "holdfast-blocking-";

	private static final int KEEP_ALIVE_SECONDS = 60;

	private final HoldfastProperties.Blocking properties;

	private final boolean virtual;

	private final @Nullable TaskDecorator decorator;

	private @Nullable Executor executor;

	private @Nullable ThreadPoolTaskExecutor pool;

	BlockingExecutors(HoldfastProperties.Blocking properties, boolean virtual, @Nullable TaskDecorator decorator,
			@Nullable Executor executor) {
		this.properties = properties;
		this.virtual = virtual;
		this.decorator = decorator;
		this.executor = executor;
	}

	synchronized Executor get() {
		if (this.executor == null) {
			this.executor = this.virtual ? virtualThreads() : pool();
		}
		return this.executor;
	}

	private Executor virtualThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(THREAD_NAME_PREFIX);
		executor.setVirtualThreads(true);
		if (this.decorator != null) {
			executor.setTaskDecorator(this.decorator);
		}
		return executor;
	}

	private Executor pool() {
		ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
		pool.setThreadNamePrefix(THREAD_NAME_PREFIX);
		pool.setCorePoolSize(this.properties.maxThreads());
		pool.setMaxPoolSize(this.properties.maxThreads());
		pool.setAllowCoreThreadTimeOut(true);
		pool.setKeepAliveSeconds(KEEP_ALIVE_SECONDS);
		pool.setQueueCapacity(this.properties.queue());
		pool.setRejectedExecutionHandler(new ThreadPoolExecutor.AbortPolicy());
		if (this.decorator != null) {
			pool.setTaskDecorator(this.decorator);
		}
		pool.initialize();
		this.pool = pool;
		return pool;
	}

	@Override
	public synchronized void destroy() {
		if (this.pool != null) {
			this.pool.shutdown();
		}
	}

}
