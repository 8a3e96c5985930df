package dev.holdfast.codec;

/**
 * Thrown when bytes are no frame of the protocol, or when a framing cannot carry a
 * payload.
 */
public class FramingException extends RuntimeException {

	/**
	 * Create a new {@link FramingException}.
	 * @param message what is wrong
	 */
	public FramingException(String message) {
		super(message);
	}

}
