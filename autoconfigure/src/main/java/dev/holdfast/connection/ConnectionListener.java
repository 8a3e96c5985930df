package dev.holdfast.connection;

import java.net.SocketAddress;

/**
 * Callback interface that can be implemented by beans wishing to see connections come and
 * go. Methods are called on the event loop of the connection and must not block. An
 * exception is logged and harms nobody. A connection that was accepted but ends before it
 * can be used, for example as {@link CloseReason#HANDSHAKE_FAILED}, is only counted: no
 * method is called for it.
 */
public interface ConnectionListener {

	/**
	 * Called once a connection can be used, before its {@code @OnOpen} methods.
	 * @param connection the connection that was opened
	 */
	default void opened(SocketConnection connection) {
	}

	/**
	 * Called exactly once for each opened connection, after it left every user, group and
	 * count.
	 * @param connection the connection that was closed
	 * @param reason why it was closed
	 */
	default void closed(SocketConnection connection, CloseReason reason) {
	}

	/**
	 * Called for each connection that was turned away at once because of a limit.
	 * @param server the name of the server
	 * @param remoteAddress the address of the peer
	 * @param reason why it was refused
	 */
	default void refused(String server, SocketAddress remoteAddress, CloseReason reason) {
	}

}
