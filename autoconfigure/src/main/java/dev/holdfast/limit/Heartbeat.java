package dev.holdfast.limit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What quiet clients are sent. Immutable.
 *
 * @param interval the time without traffic after which it is sent
 * @param payload the message, {@code null} for a ping of the transport
 */
public record Heartbeat(Duration interval, @Nullable String payload) {

}
