package dev.holdfast.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.holdfast.limit.AdmissionLimits;
import dev.holdfast.limit.Deadlines;
import dev.holdfast.limit.HandlingLimits;
import dev.holdfast.limit.Heartbeat;
import dev.holdfast.limit.Network;
import dev.holdfast.limit.OutboundLimits;
import dev.holdfast.limit.RateLimit;
import dev.holdfast.limit.ServerLimits;

/**
 * Maps {@link ServerProperties} to {@link ServerLimits}. Immutable.
 *
 * @param keys the keys of the server
 * @param properties the properties of the server
 */
record LimitsMapper(ServerKeys keys, ServerProperties properties) {

	private static final DataSize DEFAULT_HIGH_WATER_MARK = DataSize.ofKilobytes(64);

	ServerLimits limits() {
		return new ServerLimits(admission(this.properties.limits()), handling(), rate(this.properties.limits()),
				deadlines(), heartbeat(this.properties.heartbeat()), outbound(this.properties.outbound()));
	}

	private AdmissionLimits admission(ServerProperties.Limits limits) {
		notNegative("limits.max-connections", limits.maxConnections());
		notNegative("limits.max-connections-per-address", limits.maxConnectionsPerAddress());
		notNegative("limits.accept-rate", limits.acceptRate());
		return new AdmissionLimits(limits.maxConnections(), limits.maxConnectionsPerAddress(), limits.acceptRate(),
				networks("limits.denied-addresses", limits.deniedAddresses()));
	}

	List<Network> networks(String key, List<String> texts) {
		List<Network> networks = new ArrayList<>();
		for (String text : texts) {
			try {
				networks.add(Network.parse(text));
			}
			catch (IllegalArgumentException ex) {
				throw this.keys.invalid(key, text, String.valueOf(ex.getMessage()));
			}
		}
		return networks;
	}

	private HandlingLimits handling() {
		notNegative("max-waiting", this.properties.maxWaiting());
		this.keys.check("concurrency", this.properties.concurrency(), this.properties.concurrency() > 0,
				"it must be positive");
		return new HandlingLimits(this.properties.maxWaiting(), this.properties.concurrency());
	}

	private @Nullable RateLimit rate(ServerProperties.Limits limits) {
		double rate = limits.messagesPerSecond();
		this.keys.check("limits.messages-per-second", rate, rate >= 0 && rate <= 1_000_000_000,
				"it must be between 0 and 1000000000");
		this.keys.check("limits.burst", limits.burst(), limits.burst() == null || limits.burst() > 0,
				"it must be positive");
		if (rate == 0) {
			return null;
		}
		int burst = (limits.burst() != null) ? limits.burst() : (int) Math.max(Math.ceil(rate), 1);
		return new RateLimit(rate, burst, limits.onExcess());
	}

	private Deadlines deadlines() {
		return new Deadlines(duration("frame-timeout", this.properties.frameTimeout()),
				duration("close-timeout", this.properties.closeTimeout()),
				duration("idle-timeout", this.properties.idleTimeout()),
				duration("login-timeout", this.properties.loginTimeout()),
				duration("max-lifetime", this.properties.maxLifetime()));
	}

	private @Nullable Heartbeat heartbeat(ServerProperties.Heartbeat heartbeat) {
		Duration interval = duration("heartbeat.interval", heartbeat.interval());
		if (interval.isZero()) {
			return null;
		}
		if ("tcp".equals(this.properties.transport())) {
			this.keys.required("heartbeat.payload", heartbeat.payload(),
					"TCP has no ping of its own, so set it to a message that clients ignore");
		}
		return new Heartbeat(interval, heartbeat.payload());
	}

	private OutboundLimits outbound(ServerProperties.Outbound outbound) {
		long max = outbound.maxPending().toBytes();
		boolean isDefault = outbound.highWaterMark().equals(DEFAULT_HIGH_WATER_MARK);
		long high = (isDefault && max > 0) ? Math.min(max, DEFAULT_HIGH_WATER_MARK.toBytes())
				: outbound.highWaterMark().toBytes();
		this.keys.check("outbound.high-water-mark", outbound.highWaterMark(), high > 0 && high <= Integer.MAX_VALUE,
				"it must be positive and below 2GB");
		this.keys.check("outbound.max-pending", outbound.maxPending(), max == 0 || max >= high,
				"it must not be below '%s', which is %s".formatted(this.keys.key("outbound.high-water-mark"),
						outbound.highWaterMark()));
		return new OutboundLimits(high, max, outbound.onOverflow());
	}

	private void notNegative(String key, long value) {
		this.keys.check(key, value, value >= 0, "it must not be negative");
	}

	private Duration duration(String key, Duration duration) {
		this.keys.check(key, duration, !duration.isNegative(), "it must not be negative");
		return duration;
	}

}
