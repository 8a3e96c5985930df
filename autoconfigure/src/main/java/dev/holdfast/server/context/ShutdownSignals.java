package dev.holdfast.server.context;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the signals that tell a process to end, {@code SIGTERM} and {@code SIGINT},
 * which the platform ignores once it is shutting down. Where signals cannot be handled,
 * nothing is listened to. Thread-safe.
 */
final class ShutdownSignals implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ShutdownSignals.class);

	private static final List<String> NAMES = List.of("TERM", "INT");

	private final List<Runnable> restorations = new ArrayList<>();

	private ShutdownSignals() {
	}

	/**
	 * Run an action for each signal from now on, before the handler that was there.
	 * @param action the action
	 * @return what is to be closed to listen no longer
	 */
	static ShutdownSignals onNext(Runnable action) {
		ShutdownSignals signals = new ShutdownSignals();
		for (String name : NAMES) {
			try {
				signals.listen(name, action);
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				logger.debug("Signal '%s' cannot be handled".formatted(name), ex);
			}
		}
		return signals;
	}

	private void listen(String name, Runnable action) throws ReflectiveOperationException {
		Platform platform = new Platform(Class.forName("sun.misc.Signal"), Class.forName("sun.misc.SignalHandler"));
		Object signal = platform.type().getConstructor(String.class).newInstance(name);
		Previous previous = new Previous();
		previous.handler = platform.handle(signal, platform.handler(() -> {
			action.run();
			platform.pass(signal, previous.handler);
		}));
		this.restorations.add(() -> platform.restore(signal, previous.handler));
	}

	@Override
	public void close() {
		this.restorations.forEach(Runnable::run);
	}

	/**
	 * The handler that was there before, known only after it was replaced.
	 */
	private static final class Previous {

		private volatile @Nullable Object handler;

	}

	/**
	 * The unsupported, but present, types of the platform. Immutable.
	 *
	 * @param type the type of signals
	 * @param handlerType the type of handlers
	 */
	private record Platform(Class<?> type, Class<?> handlerType) {

		Object handler(Runnable action) {
			return Proxy.newProxyInstance(this.handlerType.getClassLoader(), new Class<?>[] { this.handlerType },
					(proxy, method, arguments) -> {
						switch (method.getName()) {
							case "handle" -> action.run();
							case "equals" -> {
								return proxy == arguments[0];
							}
							case "hashCode" -> {
								return System.identityHashCode(proxy);
							}
							default -> {
								return "ShutdownSignals";
							}
						}
						return null;
					});
		}

		@Nullable Object handle(Object signal, @Nullable Object handler) throws ReflectiveOperationException {
			return this.type.getMethod("handle", this.type, this.handlerType).invoke(null, signal, handler);
		}

		void pass(Object signal, @Nullable Object handler) {
			if (handler != null) {
				try {
					this.handlerType.getMethod("handle", this.type).invoke(handler, signal);
				}
				catch (ReflectiveOperationException ex) {
					logger.debug("Signal cannot be passed on", ex);
				}
			}
		}

		void restore(Object signal, @Nullable Object handler) {
			try {
				handle(signal, handler);
			}
			catch (ReflectiveOperationException ex) {
				logger.debug("Signal keeps its handler", ex);
			}
		}

	}

}
