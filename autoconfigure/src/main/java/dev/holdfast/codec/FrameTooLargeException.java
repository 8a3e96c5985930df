package dev.holdfast.codec;

/**
 * Thrown when a frame is longer than {@code max-frame-length}.
 */
public class FrameTooLargeException extends FramingException {

	/**
	 * Create a new {@link FrameTooLargeException}.
	 * @param maxFrameLength the longest frame that is allowed, in bytes
	 */
	public FrameTooLargeException(long maxFrameLength) {
		super("Frame is longer than %d bytes".formatted(maxFrameLength));
	}

}
