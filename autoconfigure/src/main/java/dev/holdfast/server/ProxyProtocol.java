package dev.holdfast.server;

import java.net.InetAddress;
import java.util.List;

import dev.holdfast.limit.Network;

/**
 * How the PROXY protocol is spoken, versions 1 and 2. Immutable.
 *
 * @param required whether every connection begins with a header
 * @param trusted networks that are allowed to send it
 */
public record ProxyProtocol(boolean required, List<Network> trusted) {

	public ProxyProtocol {
		trusted = List.copyOf(trusted);
	}

	/**
	 * Whether a header of a peer is believed.
	 * @param peer the address of the peer
	 * @return whether it is in a trusted network
	 */
	public boolean trusts(InetAddress peer) {
		return this.trusted.stream().anyMatch((network) -> network.contains(peer));
	}

}
