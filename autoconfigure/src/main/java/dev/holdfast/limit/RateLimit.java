package dev.holdfast.limit;

/**
 * How many messages a connection may send. Immutable.
 *
 * @param messagesPerSecond the messages in a second, in the long run
 * @param burst the messages at once after a pause
 * @param onExcess what happens to more
 */
public record RateLimit(double messagesPerSecond, int burst, ExcessPolicy onExcess) {

}
