package dev.holdfast.limit;

import java.time.Duration;

/**
 * How long a connection may take. Deadlines never fire early and at most a second late;
 * zero switches one off. Immutable.
 *
 * @param frame from the first to the last byte of a frame
 * @param close from the last progress of a closing connection to its end
 * @param idle since anything was read
 * @param login from opening to a bound user
 * @param maxLifetime from opening to the end; the last tenth is subject to chance
 */
public record Deadlines(Duration frame, Duration close, Duration idle, Duration login, Duration maxLifetime) {

}
