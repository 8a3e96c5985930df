package dev.holdfast.limit;

/**
 * How much may wait for a client that does not read. Immutable.
 *
 * @param highWaterMark the number of bytes above which a connection is not writable
 * @param maxPending the number of bytes above which the connection overflows, 0 for no
 * limit
 * @param onOverflow what happens then
 */
public record OutboundLimits(long highWaterMark, long maxPending, OverflowPolicy onOverflow) {

}
