package dev.holdfast.server.context;

import java.util.ArrayList;
import java.util.List;

import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * {@link SmartLifecycle} to start and stop servers and to publish when they did. If one
 * server cannot start, those before it are stopped again. Thread-safe.
 */
public final class SocketServerStartStopLifecycle implements SmartLifecycle {

	/**
	 * Phase in which servers start after, and stop before, most of the application.
	 */
	public static final int PHASE = DEFAULT_PHASE - 2048;

	private final ApplicationContext context;

	private final SocketServers servers;

	private final List<SocketServer> started = new ArrayList<>();

	private volatile boolean running;

	/**
	 * Create a new {@link SocketServerStartStopLifecycle}.
	 * @param context the context that the servers belong to
	 * @param servers the servers
	 */
	public SocketServerStartStopLifecycle(ApplicationContext context, SocketServers servers) {
		this.context = context;
		this.servers = servers;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		try {
			for (SocketServer server : this.servers) {
				server.start();
				this.started.add(server);
				this.context.publishEvent(new SocketServerStartedEvent(this.context, server));
			}
		}
		catch (RuntimeException ex) {
			stop();
			throw ex;
		}
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		for (SocketServer server : this.started) {
			server.stop();
			this.context.publishEvent(new SocketServerStoppedEvent(this.context, server));
		}
		this.started.clear();
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
