/**
 * What users write, and how it is called. Start with
 * {@link dev.holdfast.handler.SocketController} and
 * {@link dev.holdfast.handler.OnMessage}; {@link dev.holdfast.handler.ServerHandlers}
 * calls them.
 */
@NullMarked
package dev.holdfast.handler;

import org.jspecify.annotations.NullMarked;
