package dev.holdfast.handler;

/**
 * Thrown when a handler method cannot work, which keeps the application from starting.
 */
public class InvalidHandlerException extends RuntimeException {

	private final String action;

	/**
	 * Create a new {@link InvalidHandlerException}.
	 * @param description what is wrong with which method
	 * @param action what to change
	 */
	public InvalidHandlerException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * Return what to change.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
