package dev.holdfast.cluster;

/**
 * What a node can be asked. The order is part of the wire format.
 */
enum RequestKind {

	/**
	 * How many connections of a target it has.
	 */
	COUNT,

	/**
	 * How many connections it has that an operator looks for.
	 */
	TOTAL,

	/**
	 * Some of the connections that an operator looks for.
	 */
	LIST,

	/**
	 * One connection.
	 */
	DETAILS

}
