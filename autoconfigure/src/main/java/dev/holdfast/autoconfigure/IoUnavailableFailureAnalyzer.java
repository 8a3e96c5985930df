package dev.holdfast.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.holdfast.server.IoUnavailableException;

/**
 * {@link AbstractFailureAnalyzer} for a {@code holdfast.io} that cannot be used.
 */
final class IoUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<IoUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, IoUnavailableException cause) {
		String description = "'holdfast.io' is '%s', which is not available here: %s.".formatted(cause.io().id(),
				cause.reason());
		return new FailureAnalysis(description, cause.cure() + " Or set 'holdfast.io' to 'auto'.", cause);
	}

}
