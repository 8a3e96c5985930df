/**
 * A chat with rooms over WebSocket. Start with
 * {@link dev.holdfast.sample.chat.ChatHandler}.
 */
@NullMarked
package dev.holdfast.sample.chat;

import org.jspecify.annotations.NullMarked;
