/**
 * JSON payloads with Jackson. Start with
 * {@link dev.holdfast.codec.json.JacksonPayloadCodec}, which turns JSON into objects and
 * objects into JSON.
 */
@NullMarked
package dev.holdfast.codec.json;

import org.jspecify.annotations.NullMarked;
