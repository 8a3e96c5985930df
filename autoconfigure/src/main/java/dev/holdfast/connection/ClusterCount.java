package dev.holdfast.connection;

import java.time.Instant;
import java.util.Set;

/**
 * Number of connections over all nodes as their last reports told it. Immutable.
 *
 * @param count the number of connections on the nodes that reported
 * @param asOf the time of the oldest report that is part of the count
 * @param missing the ids of the nodes that should have reported and did not
 */
public record ClusterCount(long count, Instant asOf, Set<String> missing) {

	public ClusterCount {
		missing = Set.copyOf(missing);
	}

}
