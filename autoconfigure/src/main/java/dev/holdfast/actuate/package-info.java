/**
 * Servers, connections and capacity as an operator sees them. Start with
 * {@link dev.holdfast.actuate.SocketsEndpoint} for servers,
 * {@link dev.holdfast.actuate.SocketConnectionsEndpoint} for connections and
 * {@link dev.holdfast.actuate.SocketCapacityEndpoint} for capacity.
 */
@NullMarked
package dev.holdfast.actuate;

import org.jspecify.annotations.NullMarked;
