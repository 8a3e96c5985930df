package dev.holdfast.limit;

/**
 * Everything that one server allows. Immutable.
 *
 * @param maxConnections the most connections at once, 0 for no limit
 * @param handling how many messages of one connection are handled at once
 * @param deadlines how long a connection may take
 * @param outbound how much may wait for a client
 */
public record ServerLimits(long maxConnections, HandlingLimits handling, Deadlines deadlines, OutboundLimits outbound) {

}
