package dev.holdfast.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@link ConfigurationProperties Properties} for Holdfast. Immutable.
 *
 * @param servers servers by name
 * @param eventLoops number of event loops, by default the number of cores
 * @param maxConnections most connections of the process, by default what the limit of
 * file descriptors leaves after some headroom; 0 for no limit
 */
@ConfigurationProperties("holdfast")
public record HoldfastProperties(@Nullable Map<String, ServerProperties> servers, @Nullable Integer eventLoops,
		@Nullable Long maxConnections) {

	/**
	 * Return the servers by name.
	 * @return the servers, none when none is configured
	 */
	@Override
	public Map<String, ServerProperties> servers() {
		return (this.servers != null) ? this.servers : Map.of();
	}

}
