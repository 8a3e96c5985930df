package dev.holdfast.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Strategy interface that carries packets between the nodes of a cluster and keeps what
 * each node counts. No method waits for the network. Packets of one node to one
 * subscriber arrive in the order in which they were published, whatever their channels,
 * at most once. Thread-safe.
 */
public interface ClusterTransport {

	/**
	 * Connect in the background, and again whenever the connection is lost. Called once.
	 * @param receiver takes the packets of subscribed channels
	 */
	void start(ClusterReceiver receiver);

	/**
	 * Disconnect for good. Calling this method again has no effect.
	 */
	void stop();

	/**
	 * Publish a packet to all subscribers of a channel, this node included.
	 * @param channel the name of the channel
	 * @param packet the packet, which must not be changed afterwards
	 * @return completes when the packet was taken, exceptionally when it is lost, which
	 * is at once while there is no connection
	 */
	CompletionStage<Void> publish(String channel, byte[] packet);

	/**
	 * Subscribe to channels, also after each reconnection. A channel that is subscribed
	 * already stays so.
	 * @param channels the names of the channels
	 */
	void subscribe(Collection<String> channels);

	/**
	 * Give up subscriptions. A channel that is not subscribed is ignored.
	 * @param channels the names of the channels
	 */
	void unsubscribe(Collection<String> channels);

	/**
	 * Keep counts under a key for some time, which begins anew with each call.
	 * @param key the key
	 * @param counts the counts that changed by name, 0 to remove a name
	 * @param timeToLive how long the key and all its counts are kept
	 * @return whether the key existed before
	 */
	CompletionStage<Boolean> remember(String key, Map<String, Long> counts, Duration timeToLive);

	/**
	 * Read counts that are kept under a key.
	 * @param key the key
	 * @param names the names
	 * @return the counts by name, without those that are not there
	 */
	CompletionStage<Map<String, Long>> recall(String key, Collection<String> names);

	/**
	 * Remove a key with all its counts.
	 * @param key the key
	 * @return completes when it was removed
	 */
	CompletionStage<Void> forget(String key);

}
