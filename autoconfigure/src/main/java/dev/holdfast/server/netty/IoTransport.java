package dev.holdfast.server.netty;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;

/**
 * How the kernel is asked for input and output. Immutable.
 */
enum IoTransport {

	EPOLL("epoll") {

		@Override
		IoHandlerFactory handlerFactory() {
			return EpollRegistrations.newFactory();
		}

	},

	NIO("nio") {

		@Override
		IoHandlerFactory handlerFactory() {
			return NioIoHandler.newFactory();
		}

	};

	private final String id;

	IoTransport(String id) {
		this.id = id;
	}

	String id() {
		return this.id;
	}

	abstract IoHandlerFactory handlerFactory();

	static IoTransport best() {
		return Epoll.isAvailable() ? EPOLL : NIO;
	}

}
