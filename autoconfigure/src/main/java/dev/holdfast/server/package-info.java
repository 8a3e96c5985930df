/**
 * The contract of one named server. Start with {@link dev.holdfast.server.SocketServer};
 * {@link dev.holdfast.server.ServerDefinition} says how one is set up.
 */
@NullMarked
package dev.holdfast.server;

import org.jspecify.annotations.NullMarked;
