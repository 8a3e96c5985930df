package dev.holdfast.benchmarks.server;

/**
 * What JSON requests and replies carry. Immutable.
 *
 * @param active whether the device is active
 * @param device the device
 * @param id the number of the reading
 * @param value the value
 */
public record Reading(boolean active, String device, long id, double value) {

}
