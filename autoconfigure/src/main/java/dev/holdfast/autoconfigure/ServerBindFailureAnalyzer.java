package dev.holdfast.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

import dev.holdfast.server.ServerBindException;

/**
 * {@link AbstractFailureAnalyzer} for servers that cannot listen on their address.
 */
final class ServerBindFailureAnalyzer extends AbstractFailureAnalyzer<ServerBindException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServerBindException cause) {
		Throwable reason = NestedExceptionUtils.getMostSpecificCause(cause);
		String description = "Server '%s' cannot listen on %s: %s.".formatted(cause.server(), cause.address(),
				reason.getMessage());
		return new FailureAnalysis(description, action(cause, reason), cause);
	}

	private static String action(ServerBindException cause, Throwable reason) {
		String key = "holdfast.servers.%s".formatted(cause.server());
		if (String.valueOf(reason.getMessage()).contains("in use")) {
			return "Stop the process that listens on the address, or set '%s.port' to another port.".formatted(key);
		}
		return "Check '%1$s.host' and '%1$s.port': the host must be an address of this machine, and ports below 1024 may need rights."
			.formatted(key);
	}

}
