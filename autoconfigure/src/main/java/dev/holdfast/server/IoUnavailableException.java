package dev.holdfast.server;

/**
 * Thrown when the {@link IoMechanism} that was asked for cannot be used.
 */
public class IoUnavailableException extends RuntimeException {

	private final IoMechanism io;

	private final String reason;

	private final String cure;

	/**
	 * Create a new {@link IoUnavailableException}.
	 * @param io the mechanism
	 * @param reason why it cannot be used
	 * @param cure what it needs
	 * @param cause the cause
	 */
	public IoUnavailableException(IoMechanism io, String reason, String cure, Throwable cause) {
		super("The mechanism '%s' is not available: %s".formatted(io.id(), reason), cause);
		this.io = io;
		this.reason = reason;
		this.cure = cure;
	}

	/**
	 * Return the mechanism.
	 * @return the mechanism
	 */
	public IoMechanism io() {
		return this.io;
	}

	/**
	 * Return why it cannot be used.
	 * @return the reason
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Return what the mechanism needs.
	 * @return the dependency to add, and the platform
	 */
	public String cure() {
		return this.cure;
	}

}
