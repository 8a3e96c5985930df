package dev.holdfast.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.holdfast.server.TlsSetupException;

/**
 * {@link AbstractFailureAnalyzer} for servers whose TLS cannot be set up.
 */
final class TlsSetupFailureAnalyzer extends AbstractFailureAnalyzer<TlsSetupException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TlsSetupException cause) {
		String description = "TLS of server '%s' cannot be set up: %s.".formatted(cause.server(), cause.reason());
		return new FailureAnalysis(description, cause.cure(), cause);
	}

}
