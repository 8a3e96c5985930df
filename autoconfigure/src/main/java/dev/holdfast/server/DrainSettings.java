package dev.holdfast.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How the connections of a server are ended. Immutable.
 *
 * @param grace the time after which the connections that are left are aborted, zero for
 * never
 * @param rate how many connections are ended in a second, 0 for all at once
 * @param goodbye the text that each client is sent last or {@code null}
 */
public record DrainSettings(Duration grace, double rate, @Nullable String goodbye) {

}
