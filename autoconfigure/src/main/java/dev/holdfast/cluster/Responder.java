package dev.holdfast.cluster;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;

import dev.holdfast.connection.Connections;

/**
 * Answers the questions of other nodes. Thread-safe.
 */
final class Responder {

	private final Connections connections;

	private final BiConsumer<String, byte[]> publisher;

	/**
	 * Create a new {@link Responder}.
	 * @param connections the connections of this node
	 * @param publisher publishes a frame to a node
	 */
	Responder(Connections connections, BiConsumer<String, byte[]> publisher) {
		this.connections = connections;
		this.publisher = publisher;
	}

	/**
	 * Answer a question.
	 * @param node the id of the node that asks
	 * @param request the question
	 */
	void answer(String node, ByteBuf request) {
		long id = request.readLong();
		int kind = request.readUnsignedByte();
		Consumer<ByteBuf> answer = answer(RequestKind.values()[kind], request);
		this.publisher.accept(node, Wire.frame(FrameType.REPLY, (out) -> {
			out.writeLong(id);
			answer.accept(out);
		}));
	}

	private Consumer<ByteBuf> answer(RequestKind kind, ByteBuf request) {
		return switch (kind) {
			case COUNT -> number(Target.read(request).in(this.connections).count());
			case TOTAL -> number(ConnectionQuery.read(request).total(this.connections));
			case LIST -> list(ConnectionQuery.read(request).select(this.connections));
			case DETAILS ->
				list(this.connections.find(Wire.readText(request)).map(ConnectionInfo::of).stream().toList());
		};
	}

	private static Consumer<ByteBuf> number(long number) {
		return (out) -> out.writeLong(number);
	}

	private static Consumer<ByteBuf> list(List<ConnectionInfo> connections) {
		return (out) -> connections.forEach((connection) -> connection.write(out));
	}

}
