package dev.holdfast.handler;

import org.jspecify.annotations.Nullable;

/**
 * Takes the decision on an upgrade, once, on the event loop of the connection. Confined
 * to the connection's event loop.
 */
public interface HandshakeVerdict {

	/**
	 * Status of a refusal for which the method gave no reason.
	 */
	int FORBIDDEN = 403;

	/**
	 * Status of a refusal because the method failed.
	 */
	int FAILED = 500;

	/**
	 * Let the client in.
	 * @param user the user to bind or {@code null}
	 */
	void accept(@Nullable String user);

	/**
	 * Refuse the upgrade.
	 * @param status the HTTP status
	 */
	void refuse(int status);

}
