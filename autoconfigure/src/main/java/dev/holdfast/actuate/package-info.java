/**
 * Servers and connections as an operator sees them. Start with
 * {@link dev.holdfast.actuate.SocketsEndpoint} for servers and
 * {@link dev.holdfast.actuate.SocketConnectionsEndpoint} for connections.
 */
@NullMarked
package dev.holdfast.actuate;

import org.jspecify.annotations.NullMarked;
