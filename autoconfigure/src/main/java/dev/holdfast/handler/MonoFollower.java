package dev.holdfast.handler;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Follows a {@link Mono}. A value that comes while it is being subscribed to is passed on
 * as if it had been returned. Thread-safe.
 */
final class MonoFollower extends AtomicReference<Object> implements CoreSubscriber<Object>, Pending {

	private static final Object EMPTY = new Object();

	private transient volatile @Nullable Subscription subscription;

	private transient volatile boolean cancelled;

	private transient @Nullable Object value;

	private MonoFollower() {
	}

	static @Nullable Object subscribe(Mono<?> mono) throws Throwable {
		MonoFollower follower = new MonoFollower();
		mono.subscribe(follower);
		Object outcome = follower.get();
		if (outcome == null) {
			return follower;
		}
		if (outcome instanceof Failure failure) {
			throw failure.error();
		}
		return (outcome != EMPTY) ? outcome : null;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.validate(this.subscription, subscription)) {
			this.subscription = subscription;
			if (this.cancelled) {
				subscription.cancel();
			}
			else {
				subscription.request(Long.MAX_VALUE);
			}
		}
	}

	@Override
	public void onNext(Object value) {
		this.value = value;
	}

	@Override
	public void onComplete() {
		Object value = this.value;
		end((value != null) ? value : EMPTY);
	}

	@Override
	public void onError(Throwable error) {
		end(new Failure(error));
	}

	private void end(Object outcome) {
		if (!compareAndSet(null, outcome) && get() instanceof Handling handling) {
			pass(outcome, handling);
		}
	}

	@Override
	public void attach(Handling handling) {
		handling.onCancel(this::cancel);
		if (!compareAndSet(null, handling)) {
			pass(get(), handling);
		}
	}

	private void cancel() {
		this.cancelled = true;
		Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
	}

	private static void pass(Object outcome, Handling handling) {
		if (outcome instanceof Failure failure) {
			handling.fail(failure.error());
		}
		else {
			handling.finish((outcome != EMPTY) ? outcome : null);
		}
	}

	/**
	 * An error, told from a value that is a {@link Throwable}. Immutable.
	 *
	 * @param error the error
	 */
	private record Failure(Throwable error) {

	}

}
