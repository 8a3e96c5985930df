package dev.holdfast.server;

/**
 * Thrown when the TLS of a server cannot be set up.
 */
public class TlsSetupException extends IllegalStateException {

	private final String server;

	private final String reason;

	private final String cure;

	/**
	 * Create a new {@link TlsSetupException}.
	 * @param server the name of the server
	 * @param reason why its TLS cannot be set up
	 * @param cure what to change
	 * @param cause the cause
	 */
	public TlsSetupException(String server, String reason, String cure, Throwable cause) {
		super("TLS of server '%s' cannot be set up: %s. %s".formatted(server, reason, cure), cause);
		this.server = server;
		this.reason = reason;
		this.cure = cure;
	}

	/**
	 * Return the name of the server.
	 * @return the name
	 */
	public String server() {
		return this.server;
	}

	/**
	 * Return why its TLS cannot be set up.
	 * @return the reason, without a full stop
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Return what to change.
	 * @return the cure, a sentence
	 */
	public String cure() {
		return this.cure;
	}

}
