package dev.holdfast.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * {@link AbstractFailureAnalyzer} for a cluster that nothing connects.
 */
final class NoClusterTransportFailureAnalyzer extends AbstractFailureAnalyzer<NoClusterTransportException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoClusterTransportException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Add org.springframework.boot:spring-boot-starter-data-redis (with Lettuce, its default client), or "
						+ "define a ClusterTransport bean, or set 'holdfast.cluster.enabled' to false.",
				cause);
	}

}
