package dev.holdfast.server.netty;

import java.util.concurrent.TimeUnit;

import dev.holdfast.limit.ExcessPolicy;
import dev.holdfast.limit.RateLimit;

/**
 * Token bucket that keeps a single number per connection: the time at which the bucket
 * would be full again. Immutable.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">Generic cell
 * rate algorithm</a>
 */
final class RateBucket {

	private static final long MAX = Long.MAX_VALUE / 4;

	private final long period;

	private final long tolerance;

	private final ExcessPolicy onExcess;

	RateBucket(RateLimit limit) {
		this.period = Math.min((long) (TimeUnit.SECONDS.toNanos(1) / limit.messagesPerSecond()), MAX);
		this.tolerance = (long) Math.min((double) this.period * (limit.burst() - 1), MAX);
		this.onExcess = limit.onExcess();
	}

	/**
	 * Take a token.
	 * @param full the time at which the bucket is full, 0 for a new one
	 * @param now the current time
	 * @return the time at which it is full after that, or {@link Long#MIN_VALUE} if there
	 * is no token
	 */
	long take(long full, long now) {
		long start = (full == 0 || full - now < 0) ? now : full;
		return (start - now > this.tolerance) ? Long.MIN_VALUE : start + this.period;
	}

	long millisUntilNext(long full, long now) {
		return Math.max(TimeUnit.NANOSECONDS.toMillis(full - now - this.tolerance), 0) + 1;
	}

	ExcessPolicy onExcess() {
		return this.onExcess;
	}

	/**
	 * Whether a message that is too many is done with.
	 * @return {@code false} if it is to be handled later
	 */
	boolean isConsuming() {
		return this.onExcess != ExcessPolicy.THROTTLE;
	}

}
