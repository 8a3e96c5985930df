package dev.holdfast.handler;

/**
 * Where a handler method runs. Immutable.
 */
enum BlockingMode {

	/**
	 * On the event loop.
	 */
	EVENT_LOOP,

	/**
	 * On a thread that may block.
	 */
	BLOCKING,

	/**
	 * On a thread that may block and is interrupted when the connection closes.
	 */
	INTERRUPTIBLE

}
