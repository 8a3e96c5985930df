package dev.holdfast.handler;

/**
 * Thrown when a payload cannot be converted to the type that a handler method wants. Its
 * cause says why.
 */
public class PayloadException extends RuntimeException {

	/**
	 * Create a new {@link PayloadException}.
	 * @param typeName the name of the wanted type
	 * @param cause why the payload cannot be converted
	 */
	public PayloadException(String typeName, Throwable cause) {
		super("Payload is no %s".formatted(typeName), cause);
	}

}
