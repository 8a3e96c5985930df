package dev.holdfast.handler;

import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Follows a stream, one reply an element. Elements are asked for in batches, the next one
 * only while the connection is below its high-water mark. Signals come one after another,
 * as Reactive Streams has it.
 */
final class FluxFollower implements CoreSubscriber<Object>, Pending {

	private static final int BATCH = 32;

	private final Publisher<?> publisher;

	private @Nullable Handling handling;

	private @Nullable Subscription subscription;

	private int received;

	private boolean failed;

	FluxFollower(Publisher<?> publisher) {
		this.publisher = publisher;
	}

	@Override
	public void attach(Handling handling) {
		this.handling = handling;
		Flux.from(this.publisher).subscribe((CoreSubscriber<Object>) this);
	}

	private Handling handling() {
		Handling handling = this.handling;
		if (handling == null) {
			throw new IllegalStateException("Not attached");
		}
		return handling;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.validate(this.subscription, subscription)) {
			this.subscription = subscription;
			handling().onCancel(subscription::cancel);
			subscription.request(BATCH);
		}
	}

	@Override
	public void onNext(Object element) {
		Subscription subscription = this.subscription;
		if (this.failed || subscription == null) {
			ReferenceCountUtil.release(element);
			return;
		}
		try {
			handling().reply(element);
		}
		catch (Throwable ex) {
			this.failed = true;
			subscription.cancel();
			handling().fail(ex);
			return;
		}
		if (++this.received == BATCH) {
			this.received = 0;
			handling().whenWritable(() -> subscription.request(BATCH));
		}
	}

	@Override
	public void onError(Throwable error) {
		if (!this.failed) {
			handling().fail(error);
		}
	}

	@Override
	public void onComplete() {
		if (!this.failed) {
			handling().finish(null);
		}
	}

}
