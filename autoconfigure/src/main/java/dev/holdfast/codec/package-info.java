/**
 * How bytes become messages and back. Start with {@link dev.holdfast.codec.Framing},
 * which cuts a stream of bytes into frames, and {@link dev.holdfast.codec.PayloadCodec},
 * which turns the payload of a frame into an object.
 */
@NullMarked
package dev.holdfast.codec;

import org.jspecify.annotations.NullMarked;
