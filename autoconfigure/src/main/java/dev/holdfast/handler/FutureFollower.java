package dev.holdfast.handler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Follows a {@link CompletableFuture}. Immutable.
 *
 * @param future the future
 */
record FutureFollower(CompletableFuture<?> future) implements Pending {

	@Override
	public void attach(Handling handling) {
		handling.onCancel(() -> this.future.cancel(false));
		this.future.whenComplete((value, error) -> {
			if (error == null) {
				handling.finish(value);
			}
			else {
				boolean wrapped = error instanceof CompletionException && error.getCause() != null;
				handling.fail(wrapped ? error.getCause() : error);
			}
		});
	}

}
