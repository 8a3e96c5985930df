package dev.holdfast.server.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * {@link SmartLifecycle} to drain servers before the application stops: readiness is
 * refused, some time later no more connections are accepted and those that are there are
 * ended. If the process is told to end again meanwhile, they are aborted at once.
 * Thread-safe.
 */
public final class SocketServerGracefulShutdownLifecycle implements SmartLifecycle {

	/**
	 * Phase in which servers are drained, before they and the rest of the application are
	 * stopped.
	 */
	public static final int PHASE = DEFAULT_PHASE - 1024;

	private static final Log logger = LogFactory.getLog(SocketServerGracefulShutdownLifecycle.class);

	private final SocketServers servers;

	private final DrainSettings settings;

	private final Duration delay;

	private final Runnable refuseReadiness;

	private volatile boolean running;

	private volatile boolean shuttingDown;

	private volatile CompletableFuture<Void> forced = new CompletableFuture<>();

	/**
	 * Create a new {@link SocketServerGracefulShutdownLifecycle}.
	 * @param servers the servers
	 * @param settings how connections are ended
	 * @param delay the time between refusing readiness and no longer accepting
	 * @param refuseReadiness tells the outside that this instance takes no more traffic
	 */
	public SocketServerGracefulShutdownLifecycle(SocketServers servers, DrainSettings settings, Duration delay,
			Runnable refuseReadiness) {
		this.servers = servers;
		this.settings = settings;
		this.delay = delay;
		this.refuseReadiness = refuseReadiness;
	}

	@Override
	public void start() {
		this.forced = new CompletableFuture<>();
		this.shuttingDown = false;
		this.running = true;
	}

	@Override
	public void stop() {
		throw new UnsupportedOperationException("Stop must not be invoked directly");
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.shuttingDown = true;
		if (!this.servers.iterator().hasNext()) {
			callback.run();
			return;
		}
		Thread thread = new Thread(() -> {
			try {
				shutDown();
			}
			finally {
				callback.run();
			}
		}, "holdfast-shutdown");
		thread.start();
	}

	private void shutDown() {
		try (ShutdownSignals ignored = ShutdownSignals.onNext(this::force)) {
			this.refuseReadiness.run();
			awaitDelay();
			List<CompletableFuture<Void>> drains = new ArrayList<>();
			this.servers.forEach((server) -> drains.add(drain(server)));
			this.forced.thenRun(() -> drains.forEach((drain) -> drain.cancel(false)));
			drains.forEach((drain) -> drain.exceptionally((error) -> null).join());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.warn("Servers could not be drained", ex);
		}
	}

	private void awaitDelay() throws InterruptedException {
		if (!this.delay.isZero()) {
			logger.info("Readiness is refused, connections are accepted for another %d s"
				.formatted(this.delay.toSeconds()));
		}
		try {
			this.forced.get(this.delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.debug("No more connections are accepted from now on");
		}
	}

	private CompletableFuture<Void> drain(SocketServer server) {
		try {
			return server.drain(this.settings);
		}
		catch (RuntimeException ex) {
			logger.warn("Server '%s' could not be drained".formatted(server.name()), ex);
			return CompletableFuture.completedFuture(null);
		}
	}

	private void force() {
		logger.warn("Connections are not waited for, because the process was told to end again");
		this.forced.complete(null);
	}

	/**
	 * Whether the application ends: readiness is refused, or soon will be.
	 * @return whether {@link #stop(Runnable)} was called since the last start
	 */
	public boolean isShuttingDown() {
		return this.shuttingDown;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
