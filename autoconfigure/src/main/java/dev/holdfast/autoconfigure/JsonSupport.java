package dev.holdfast.autoconfigure;

import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.handler.MessageRouter;

/**
 * What JSON adds when Jackson is present. Thread-safe.
 */
interface JsonSupport {

	PayloadCodec codec();

	MessageRouter router(String field);

}
