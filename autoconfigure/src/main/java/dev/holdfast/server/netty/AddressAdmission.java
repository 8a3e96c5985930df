package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.holdfast.limit.AdmissionLimits;
import dev.holdfast.limit.Network;

/**
 * Counts the connections of each address against a limit and knows denied networks.
 * Addresses without connections leave nothing behind. Thread-safe.
 */
final class AddressAdmission {

	private final int limit;

	private final List<Network> denied;

	private final Map<InetAddress, Integer> active = new ConcurrentHashMap<>();

	AddressAdmission(AdmissionLimits limits) {
		this.limit = limits.maxConnectionsPerAddress();
		this.denied = limits.denied();
	}

	boolean enter(InetAddress address) {
		for (Network network : this.denied) {
			if (network.contains(address)) {
				return false;
			}
		}
		return this.limit == 0 || count(address);
	}

	private boolean count(InetAddress address) {
		Integer count = this.active.putIfAbsent(address, 1);
		while (count != null && count < this.limit) {
			if (this.active.replace(address, count, count + 1)) {
				return true;
			}
			count = this.active.putIfAbsent(address, 1);
		}
		return count == null;
	}

	void leave(InetAddress address) {
		if (this.limit > 0) {
			this.active.computeIfPresent(address, (key, count) -> (count > 1) ? count - 1 : null);
		}
	}

	/**
	 * Return the number of addresses that have connections.
	 * @return the exact number when a limit is set, else 0
	 */
	int addresses() {
		return this.active.size();
	}

}
