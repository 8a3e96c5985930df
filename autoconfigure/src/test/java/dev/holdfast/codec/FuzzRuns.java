package dev.holdfast.codec;

import java.util.Arrays;

/**
 * How long a target is fuzzed by the profile {@code fuzz}.
 */
public final class FuzzRuns {

	/**
	 * The number of inputs.
	 */
	public static final long INPUTS = 10_000_000;

	/**
	 * The longest time, which is not meant to be reached.
	 */
	public static final String MAX_DURATION = "6h";

	/**
	 * The number of bytes of an input that are looked at.
	 */
	static final int MAX_LENGTH = 256;

	private FuzzRuns() {
	}

	/**
	 * Return the part of an input that is looked at.
	 * @param input the input
	 * @return the beginning of it
	 */
	public static byte[] limit(byte[] input) {
		return (input.length <= MAX_LENGTH) ? input : Arrays.copyOf(input, MAX_LENGTH);
	}

}
