package dev.holdfast.sample.device;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.ClusterCount;
import dev.holdfast.connection.Connections;
import dev.holdfast.sample.device.DeviceReply.Presence;

/**
 * Knows which devices of a site are there, on any node, and tells those who watch it. A
 * device that moves to another node has not gone. A node that is killed tells nobody: its
 * devices are missing from the next count. Thread-safe.
 */
@Component
class SitePresence {

	private static final Log logger = LogFactory.getLog(SitePresence.class);

	private final Connections connections;

	private final DeviceProperties properties;

	SitePresence(Connections connections, DeviceProperties properties) {
		this.connections = connections;
		this.properties = properties;
	}

	/**
	 * Count the devices of a site.
	 * @param site the site
	 * @return how many of its connections all nodes have
	 */
	Mono<Long> count(String site) {
		return this.connections.group(Sites.group(site)).clusterCount().map(ClusterCount::count);
	}

	void came(String site, String device) {
		announce(site, device, true);
	}

	/**
	 * Tell that a device has gone, unless it has another connection or comes back soon.
	 * @param site the site
	 * @param device the device, which lost a connection
	 */
	void went(String site, String device) {
		if (this.connections.user(device).count() == 0) {
			Mono.delay(this.properties.offlineDelay())
				.then(Mono.defer(() -> this.connections.user(device).clusterCount()))
				.filter((count) -> count.count() == 0)
				.subscribe((count) -> announce(site, device, false),
						(ex) -> logger.warn("Nobody was told that '%s' has gone".formatted(device), ex));
		}
	}

	private void announce(String site, String device, boolean online) {
		this.connections.group(Sites.watchers(site)).send(new Presence(site, device, online));
	}

}
