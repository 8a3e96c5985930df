package dev.holdfast.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@link ConfigurationProperties Properties} for Holdfast. Immutable.
 *
 * @param servers servers by name
 * @param eventLoops number of event loops, by default the number of cores
 * @param maxConnections most connections of the process, by default what the limit of
 * file descriptors leaves after some headroom; 0 for no limit
 * @param blocking threads of handlers that may block
 * @param watchdog supervision of event loops
 * @param observations observations of messages
 */
@ConfigurationProperties("holdfast")
public record HoldfastProperties(@Nullable Map<String, ServerProperties> servers, @Nullable Integer eventLoops,
		@Nullable Long maxConnections, @DefaultValue Blocking blocking, @DefaultValue Watchdog watchdog,
		@DefaultValue Observations observations) {

	/**
	 * Return the servers by name.
	 * @return the servers, none when none is configured
	 */
	@Override
	public Map<String, ServerProperties> servers() {
		return (this.servers != null) ? this.servers : Map.of();
	}

	/**
	 * Threads of handlers that may block, unless virtual threads are used. Immutable.
	 *
	 * @param maxThreads most threads of the pool
	 * @param queue most calls that wait for a thread
	 */
	public record Blocking(@DefaultValue("200") int maxThreads, @DefaultValue("10000") int queue) {

	}

	/**
	 * Supervision of event loops. Immutable.
	 *
	 * @param threshold time that a handler may hold an event loop before it is logged and
	 * counted, 0 for no limit
	 */
	public record Watchdog(@DefaultValue("100ms") Duration threshold) {

	}

	/**
	 * Observations of messages. Immutable.
	 *
	 * @param enabled whether each message is observed
	 */
	public record Observations(@DefaultValue("false") boolean enabled) {

	}

}
