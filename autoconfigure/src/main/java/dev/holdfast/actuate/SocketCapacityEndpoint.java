package dev.holdfast.actuate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.util.Assert;

import dev.holdfast.capacity.Capacity;
import dev.holdfast.capacity.CapacityEstimator;

/**
 * {@link Endpoint @Endpoint} to show how many connections this process can hold, and what
 * stops it first. Thread-safe.
 */
@Endpoint(id = "socketcapacity", defaultAccess = Access.READ_ONLY)
public class SocketCapacityEndpoint {

	private final CapacityEstimator estimator;

	/**
	 * Create a new {@link SocketCapacityEndpoint}.
	 * @param estimator the estimator of the capacity
	 */
	public SocketCapacityEndpoint(CapacityEstimator estimator) {
		Assert.notNull(estimator, "'estimator' must not be null");
		this.estimator = estimator;
	}

	/**
	 * Return the capacity as it is now.
	 * @return the capacity
	 */
	@ReadOperation
	public CapacityDescriptor capacity() {
		return new CapacityDescriptor(this.estimator.estimate());
	}

	/**
	 * Description of the capacity. Immutable.
	 *
	 * @param capacity the capacity
	 */
	public record CapacityDescriptor(@JsonUnwrapped Capacity capacity) implements OperationResponseBody {

	}

}
