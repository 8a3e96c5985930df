package dev.holdfast.handler;

/**
 * Takes the replies to one message, in order.
 */
public interface ReplySink {

	/**
	 * Queue a reply behind those of earlier messages. A {@code ByteBuf} is released,
	 * whatever the outcome.
	 * @param message the reply
	 * @throws Exception if the reply cannot be encoded or framed; nothing is sent then
	 */
	void reply(Object message) throws Exception;

}
