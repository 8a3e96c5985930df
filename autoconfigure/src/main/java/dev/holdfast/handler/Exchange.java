package dev.holdfast.handler;

/**
 * One message or event whose handling goes on after its method has returned. Nothing
 * happens by any call after {@link #complete()} or once the connection has closed.
 * Thread-safe.
 */
public interface Exchange extends ReplySink {

	/**
	 * End the handling. Replies of later messages can leave from now on.
	 */
	void complete();

	/**
	 * End the handling with a last reply.
	 * @param reply the reply
	 * @throws Exception if the reply cannot be encoded or framed, which does not end the
	 * handling
	 */
	default void complete(Object reply) throws Exception {
		reply(reply);
		complete();
	}

	/**
	 * Run an action if the connection closes before the handling has ended, at once if it
	 * has closed already. A later action takes the place of an earlier one.
	 * @param action the action
	 */
	void onCancel(Runnable action);

	/**
	 * Whether the connection closed before the handling had ended.
	 * @return whether nobody waits for the result
	 */
	boolean isCancelled();

	/**
	 * Run an action once, as soon as replies of this exchange can leave and the
	 * connection is below its high-water mark.
	 * @param action the action, run on the event loop
	 */
	void whenWritable(Runnable action);

	/**
	 * Let reading pause until the handling has ended or {@link #resumeReading} is called,
	 * because the handling cannot even begin yet.
	 */
	void pauseReading();

	/**
	 * Undo {@link #pauseReading}.
	 */
	void resumeReading();

}
