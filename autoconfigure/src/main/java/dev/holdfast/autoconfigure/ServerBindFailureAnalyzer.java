package dev.holdfast.autoconfigure;

import java.net.UnixDomainSocketAddress;
import java.nio.file.FileSystemException;

import org.jspecify.annotations.Nullable;
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
				message(reason));
		String action = (cause.address() instanceof UnixDomainSocketAddress) ? unixAction(cause, reason)
				: action(cause, reason);
		return new FailureAnalysis(description, action, cause);
	}

	private static @Nullable String message(Throwable reason) {
		return (reason instanceof FileSystemException file && file.getReason() != null) ? file.getReason()
				: reason.getMessage();
	}

	private static String unixAction(ServerBindException cause, Throwable reason) {
		String key = "holdfast.servers.%s.unix-socket".formatted(cause.server());
		if (String.valueOf(reason.getMessage()).contains("in use")) {
			return "Stop the process that listens on the socket, or set '%s' to another path.".formatted(key);
		}
		if (reason instanceof UnsupportedOperationException) {
			return "Set 'holdfast.io' to 'auto', or '%s' to nothing.".formatted(key);
		}
		return "Check '%s': its directory must exist and be writable, and there must be no file of another kind."
			.formatted(key);
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
