package dev.holdfast.handler;

/**
 * A result that is not there yet. Thread-safe.
 */
interface Pending {

	/**
	 * Pass the result on, now or when it comes. Called once.
	 * @param handling what takes the result
	 * @throws Exception if there will be no result
	 */
	void attach(Handling handling) throws Exception;

}
