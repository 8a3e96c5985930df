package dev.holdfast.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

import dev.holdfast.codec.Frame;
import dev.holdfast.codec.Framing;

/**
 * A connection whose messages are cut from a stream of bytes by a {@link Framing}.
 * Confined to the connection's event loop, but for the methods of
 * {@link dev.holdfast.connection.SocketConnection}.
 */
final class FramedConnection extends StreamConnection {

	private int scanned;

	FramedConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

	@Override
	boolean decodeNext(ByteBuf in) {
		Frame frame = this.home.loop.frame;
		frame.reset(this.scanned);
		boolean found = this.home.framing.next(in, frame);
		this.scanned = frame.scanned();
		if (!found) {
			frameBegan();
			return false;
		}
		frameEnded();
		int end = frame.end();
		if (!handle(in, frame.offset(), frame.length(), false)) {
			return false;
		}
		in.readerIndex(end);
		return true;
	}

	@Override
	void forgetInput() {
		this.scanned = 0;
	}

	@Override
	void writePing() {
		ByteBuf heartbeat = this.home.heartbeat();
		if (heartbeat != null) {
			writeUncounted(heartbeat.retainedDuplicate());
		}
	}

	@Override
	void encode(Object message, ByteBuf out) throws Exception {
		this.home.encode(message, out);
	}

}
