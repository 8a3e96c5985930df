package dev.holdfast.limit;

import java.util.List;

/**
 * Who is let in. Zero means no limit. Immutable.
 *
 * @param maxConnections the most connections at once
 * @param maxConnectionsPerAddress the most connections of one address at once
 * @param acceptRate the most connections that are accepted in a second
 * @param denied networks that are refused
 */
public record AdmissionLimits(long maxConnections, int maxConnectionsPerAddress, int acceptRate, List<Network> denied) {

	public AdmissionLimits {
		denied = List.copyOf(denied);
	}

}
