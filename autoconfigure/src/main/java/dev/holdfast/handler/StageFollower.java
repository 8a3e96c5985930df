package dev.holdfast.handler;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Follows a {@link CompletionStage}. Immutable.
 *
 * @param stage the stage
 */
record StageFollower(CompletionStage<?> stage) implements Pending {

	@Override
	public void attach(Handling handling) {
		this.stage.whenComplete((value, error) -> {
			if (error == null) {
				handling.finish(value);
			}
			else {
				boolean wrapped = error instanceof CompletionException && error.getCause() != null;
				handling.fail(wrapped ? error.getCause() : error);
			}
		});
		handling.onCancel(() -> this.stage.toCompletableFuture().cancel(false));
	}

}
