package dev.holdfast.limit;

import org.jspecify.annotations.Nullable;

/**
 * Everything that one server allows. Immutable.
 *
 * @param admission who is let in
 * @param handling how many messages of one connection are handled at once
 * @param rate how many messages a connection may send or {@code null}
 * @param deadlines how long a connection may take
 * @param heartbeat what quiet clients are sent or {@code null}
 * @param outbound how much may wait for a client
 */
public record ServerLimits(AdmissionLimits admission, HandlingLimits handling, @Nullable RateLimit rate,
		Deadlines deadlines, @Nullable Heartbeat heartbeat, OutboundLimits outbound) {

}
