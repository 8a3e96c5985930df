package dev.holdfast.handler;

import org.springframework.util.Assert;

/**
 * Thrown by an {@link OnHandshake @OnHandshake} method to refuse the upgrade with an HTTP
 * status.
 */
public class HandshakeException extends RuntimeException {

	private final int status;

	/**
	 * Create a new {@link HandshakeException}.
	 * @param status the HTTP status, 400 to 599
	 */
	public HandshakeException(int status) {
		this(status, "Upgrade refused with status " + status);
	}

	/**
	 * Create a new {@link HandshakeException}.
	 * @param status the HTTP status, 400 to 599
	 * @param message why the upgrade is refused, which the client is not told
	 */
	public HandshakeException(int status, String message) {
		super(message);
		Assert.isTrue(status >= 400 && status < 600, "'status' must be between 400 and 599");
		this.status = status;
	}

	/**
	 * Return the HTTP status.
	 * @return the status, 400 to 599
	 */
	public int status() {
		return this.status;
	}

}
