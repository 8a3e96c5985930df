package dev.holdfast.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The kinds of buffers in which a payload can arrive.
 */
final class JsonBuffers {

	private JsonBuffers() {
	}

	static Stream<Function<String, ByteBuf>> all() {
		return Stream.of(JsonBuffers::heap, JsonBuffers::heapSlice, JsonBuffers::direct, JsonBuffers::directSlice,
				JsonBuffers::readOnly, JsonBuffers::composite);
	}

	private static ByteBuf heap(String json) {
		return Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
	}

	private static ByteBuf heapSlice(String json) {
		return slice(Unpooled.buffer(), json);
	}

	private static ByteBuf direct(String json) {
		return Unpooled.directBuffer().writeBytes(heap(json));
	}

	private static ByteBuf directSlice(String json) {
		return slice(Unpooled.directBuffer(), json);
	}

	private static ByteBuf readOnly(String json) {
		return heapSlice(json).asReadOnly();
	}

	private static ByteBuf composite(String json) {
		ByteBuf whole = heap(json);
		int half = whole.readableBytes() / 2;
		return Unpooled.wrappedBuffer(whole.copy(0, half), whole.copy(half, whole.readableBytes() - half));
	}

	private static ByteBuf slice(ByteBuf buffer, String json) {
		ByteBuf bytes = heap(json);
		buffer.writeBytes(heap("{\"")).writeBytes(bytes.duplicate()).writeBytes(heap("\"}"));
		return buffer.slice(2, bytes.readableBytes());
	}

}
