package dev.holdfast.handler;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;

/**
 * Chooses the {@link ResultAdapter} of a method by its return type. Immutable.
 */
final class ResultAdapters {

	private static final Set<Class<?>> DIRECT_TYPES = Set.of(void.class, Void.class, String.class, byte[].class,
			ByteBuffer.class, ByteBuf.class);

	private final List<HandlerResultHandler> handlers;

	ResultAdapters(List<HandlerResultHandler> handlers) {
		this.handlers = handlers;
	}

	ResultAdapter of(HandlerMethod method) {
		MethodParameter returnType = method.returnType();
		for (HandlerResultHandler handler : this.handlers) {
			if (handler.supportsReturnType(returnType)) {
				return (result) -> (result != null) ? new CustomResult(handler, returnType, result) : null;
			}
		}
		Class<?> type = returnType.getParameterType();
		if (!method.isSuspending()
				&& (DIRECT_TYPES.contains(type) || type.isRecord() || ClassUtils.isPrimitiveOrWrapper(type))) {
			return ResultAdapter.DIRECT;
		}
		return new AnyResult(ReactiveAdapterRegistry.getSharedInstance());
	}

	/**
	 * Adapter that looks at the result itself. Immutable.
	 *
	 * @param registry knows reactive types of other libraries
	 */
	private record AnyResult(ReactiveAdapterRegistry registry) implements ResultAdapter {

		@Override
		public @Nullable Object adapt(@Nullable Object result) throws Throwable {
			if (result == null || result instanceof CharSequence) {
				return result;
			}
			if (result instanceof Fuseable.ScalarCallable<?> scalar) {
				return scalar.call();
			}
			if (result instanceof Mono<?> mono) {
				return MonoFollower.subscribe(mono);
			}
			if (result instanceof Publisher<?> publisher) {
				return new FluxFollower(publisher);
			}
			if (result instanceof CompletionStage<?> stage) {
				return stage(stage);
			}
			if (result instanceof Optional<?> optional) {
				return optional.orElse(null);
			}
			return other(result);
		}

		private @Nullable Object stage(CompletionStage<?> stage) throws Throwable {
			CompletableFuture<?> future = stage.toCompletableFuture();
			if (!future.isDone()) {
				return new FutureFollower(future);
			}
			try {
				return future.join();
			}
			catch (CompletionException ex) {
				throw (ex.getCause() != null) ? ex.getCause() : ex;
			}
		}

		private Object other(Object result) {
			ReactiveAdapter adapter = this.registry.getAdapter(result.getClass());
			if (adapter == null) {
				return result;
			}
			Publisher<?> publisher = adapter.toPublisher(result);
			return adapter.isMultiValue() ? new FluxFollower(publisher) : new FluxFollower(Mono.from(publisher));
		}

	}

	/**
	 * Result of a user's handler. Immutable.
	 *
	 * @param handler the handler
	 * @param returnType the return type of the method
	 * @param result the result
	 */
	private record CustomResult(HandlerResultHandler handler, MethodParameter returnType,
			Object result) implements Pending {

		@Override
		public void attach(Handling handling) throws Exception {
			handling.onCancel(() -> {
			});
			this.handler.handleResult(this.result, this.returnType, handling);
		}

	}

}
