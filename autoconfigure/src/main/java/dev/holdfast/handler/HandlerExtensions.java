package dev.holdfast.handler;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.validation.Validator;

/**
 * What an application adds to the calling of handlers. Immutable.
 *
 * @param resolvers provide arguments, in their order
 * @param results turn results into replies, in their order
 * @param interceptors wrap the handling of messages, in their order
 * @param validator validates payloads or {@code null}
 * @param executor runs methods that may block, asked for when the first one is called
 */
public record HandlerExtensions(List<HandlerArgumentResolver> resolvers, List<HandlerResultHandler> results,
		List<MessageInterceptor> interceptors, @Nullable Validator validator, Supplier<Executor> executor) {

	public HandlerExtensions {
		resolvers = List.copyOf(resolvers);
		results = List.copyOf(results);
		interceptors = List.copyOf(interceptors);
	}

	/**
	 * Create extensions of an application that adds nothing.
	 * @param executor runs methods that may block
	 * @return the extensions
	 */
	public static HandlerExtensions none(Executor executor) {
		return new HandlerExtensions(List.of(), List.of(), List.of(), null, () -> executor);
	}

}
