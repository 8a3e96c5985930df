package dev.holdfast.autoconfigure;

/**
 * Exception thrown when the cluster is on and nothing can carry packets between nodes.
 */
final class NoClusterTransportException extends RuntimeException {

	NoClusterTransportException() {
		super("The cluster is on, but nothing connects its nodes: there is neither a ClusterTransport bean nor a "
				+ "LettuceConnectionFactory bean");
	}

}
