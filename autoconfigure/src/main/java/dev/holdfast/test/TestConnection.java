package dev.holdfast.test;

import java.io.IOException;
import java.time.Duration;

/**
 * Strategy interface for the transport of a {@link SocketTestClient}. Thread-safe.
 */
interface TestConnection extends AutoCloseable {

	/**
	 * Send a text message.
	 * @param text the text
	 * @throws IOException if the connection does not take it
	 */
	void send(String text) throws IOException;

	/**
	 * Send a binary message.
	 * @param bytes the payload
	 * @throws IOException if the connection does not take it
	 */
	void send(byte[] bytes) throws IOException;

	/**
	 * Send bytes as they are.
	 * @param bytes the bytes
	 * @throws IOException if the connection does not take them
	 */
	void sendRaw(byte[] bytes) throws IOException;

	/**
	 * Wait for what comes next. Once the connection has ended every call returns that end
	 * at once.
	 * @param timeout how long to wait
	 * @return what came, or {@link Received.Silence}
	 * @throws IOException if waiting is not possible, as on a closed client
	 */
	Received receive(Duration timeout) throws IOException;

	/**
	 * Say that nothing more will be sent, and go on receiving.
	 * @throws IOException if the connection is gone
	 */
	void shutdownOutput() throws IOException;

	/**
	 * Begin the closing handshake of WebSocket.
	 * @param code the close code
	 * @param text the reason
	 * @throws IOException if the connection is gone
	 */
	void sendClose(int code, String text) throws IOException;

	/**
	 * Return the subprotocol that the server has chosen.
	 * @return the subprotocol, empty if there is none
	 */
	String subprotocol();

	/**
	 * End the connection abruptly.
	 * @throws IOException if that fails
	 */
	void reset() throws IOException;

	@Override
	void close() throws IOException;

}
