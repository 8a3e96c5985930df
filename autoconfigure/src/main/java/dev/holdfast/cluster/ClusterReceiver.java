package dev.holdfast.cluster;

/**
 * Callback interface through which a {@link ClusterTransport} hands over what it
 * receives. No method blocks. Thread-safe.
 */
public interface ClusterReceiver {

	/**
	 * Take a packet from a channel that is subscribed. Packets of one node are handed
	 * over in order.
	 * @param packet the packet, which must not be changed afterwards
	 */
	void received(byte[] packet);

	/**
	 * Tell that packets can be published and all subscriptions are in place, for the
	 * first time or again.
	 */
	void connected();

	/**
	 * Tell that the connection was lost. What was published meanwhile is lost too.
	 * @param reason the reason, for people
	 */
	void disconnected(String reason);

}
