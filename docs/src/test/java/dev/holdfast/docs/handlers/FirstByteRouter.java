package dev.holdfast.docs.handlers;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.holdfast.handler.MessageRouter;

@Component
class FirstByteRouter implements MessageRouter {

	@Override
	public @Nullable String route(ByteBuf in, int offset, int length) {
		if (length == 0) {
			return null;
		}
		return switch (in.getByte(offset)) {
			case 1 -> "login";
			case 2 -> "reading";
			default -> null;
		};
	}

}
