package dev.holdfast.cluster;

import java.util.List;
import java.util.Set;

/**
 * A page of the connections of all nodes, ordered by node. Immutable.
 *
 * @param total the number of connections over all pages and the nodes that answered
 * @param connections the connections of the page
 * @param missing the ids of the nodes that did not answer in time, or are known to be
 * silent
 */
public record ConnectionListing(long total, List<ConnectionInfo> connections, Set<String> missing) {

	public ConnectionListing {
		connections = List.copyOf(connections);
		missing = Set.copyOf(missing);
	}

}
