package dev.holdfast.limit;

/**
 * What happens to messages beyond a rate. Immutable.
 */
public enum ExcessPolicy {

	/**
	 * Reading pauses until the rate allows the next message.
	 */
	THROTTLE,

	/**
	 * The message is dropped and counted.
	 */
	DROP,

	/**
	 * The connection is closed.
	 */
	CLOSE

}
