package dev.holdfast.limit;

/**
 * What happens to a message for which a connection has no outbound budget left.
 * Immutable.
 */
public enum OverflowPolicy {

	/**
	 * The connection is aborted.
	 */
	CLOSE,

	/**
	 * The message is dropped and counted.
	 */
	DROP

}
