package dev.holdfast.limit;

/**
 * How many messages of one connection are handled and wait at once. Immutable.
 *
 * @param maxWaiting the most messages that wait behind a busy handler before reading
 * pauses
 * @param concurrency the most handlers that run at once
 */
public record HandlingLimits(int maxWaiting, int concurrency) {

}
