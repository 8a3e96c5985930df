/**
 * A live client, and the sets of clients that it belongs to. Start with
 * {@link dev.holdfast.connection.SocketConnection} for one client and
 * {@link dev.holdfast.connection.Connections} for many.
 */
@NullMarked
package dev.holdfast.connection;

import org.jspecify.annotations.NullMarked;
