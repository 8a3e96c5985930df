package dev.holdfast.server.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.ServerState;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * {@link SmartLifecycle} to drain servers before the application stops: readiness is
 * refused, some time later no more connections are accepted and those that are there are
 * ended. Thread-safe.
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
		this.running = true;
	}

	@Override
	public void stop() {
		throw new UnsupportedOperationException("Stop must not be invoked directly");
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
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
		try {
			this.refuseReadiness.run();
			TimeUnit.NANOSECONDS.sleep(this.delay.toNanos());
			List<CompletableFuture<Void>> drains = new ArrayList<>();
			for (SocketServer server : this.servers) {
				if (server.state() == ServerState.RUNNING || server.state() == ServerState.PAUSED) {
					drains.add(server.drain(this.settings));
				}
			}
			CompletableFuture.allOf(drains.toArray(CompletableFuture[]::new)).join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.warn("Servers could not be drained", ex);
		}
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
