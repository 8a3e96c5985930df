/**
 * Servers inside a Spring context: their life, their events and their ports. Start with
 * {@link dev.holdfast.server.context.SocketServerStartStopLifecycle}.
 */
@NullMarked
package dev.holdfast.server.context;

import org.jspecify.annotations.NullMarked;
