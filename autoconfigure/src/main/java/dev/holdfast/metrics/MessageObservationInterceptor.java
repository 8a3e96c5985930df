package dev.holdfast.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.Assert;

import dev.holdfast.handler.MessageContext;
import dev.holdfast.handler.MessageInterceptor;

/**
 * {@link MessageInterceptor} that makes an observation {@code holdfast.message} of each
 * message, with the low-cardinality keys {@code server} and {@code route}. The route is
 * one that a handler claims, else {@code none} or {@code unknown}. The scope of the
 * observation is open while the handler method runs; the observation stops when the
 * handling has ended. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class MessageObservationInterceptor implements MessageInterceptor {

	private static final String OBSERVED = MessageObservationInterceptor.class.getName();

	private static final String NO_ROUTE = "none";

	private static final String UNKNOWN_ROUTE = "unknown";

	private final ObservationRegistry registry;

	/**
	 * Create a new {@link MessageObservationInterceptor}.
	 * @param registry the registry of observations
	 */
	public MessageObservationInterceptor(ObservationRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		this.registry = registry;
	}

	@Override
	public void before(MessageContext context) {
		Observation observation = Observation.createNotStarted(SocketMeterNames.MESSAGE, this.registry)
			.lowCardinalityKeyValue(SocketMeterNames.SERVER_TAG, context.connection().server())
			.lowCardinalityKeyValue(SocketMeterNames.ROUTE_TAG, route(context))
			.start();
		context.attributes().put(OBSERVED, new Observed(observation, observation.openScope()));
	}

	private static String route(MessageContext context) {
		String route = context.route();
		if (route == null) {
			return NO_ROUTE;
		}
		return context.isRouteClaimed() ? route : UNKNOWN_ROUTE;
	}

	@Override
	public void returned(MessageContext context) {
		observed(context).scope().close();
	}

	@Override
	public void after(MessageContext context, @Nullable Throwable error) {
		Observation observation = observed(context).observation();
		if (error != null) {
			observation.error(error);
		}
		observation.stop();
	}

	private static Observed observed(MessageContext context) {
		Observed observed = (Observed) context.attributes().get(OBSERVED);
		Assert.state(observed != null, "Message is not observed");
		return observed;
	}

	/**
	 * The observation of one message. Confined to one thread at a time.
	 *
	 * @param observation the observation
	 * @param scope its scope
	 */
	private record Observed(Observation observation, Observation.Scope scope) {

	}

}
