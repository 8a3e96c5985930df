package dev.holdfast.server.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * An {@link EpollIoHandler} whose sockets stay registered while they wait for nothing.
 * Netty 4.2.17 takes such a socket out of the set of epoll and never puts it back: once
 * the peer of a connection has ended its half, pausing to read or waiting to write would
 * fail and lose what was read and what was to be written. Confined to its event loop, but
 * for {@link #wakeup()}.
 *
 * @see <a href="https://github.com/netty/netty/pull/16689">netty/netty#16689</a>
 */
final class EpollRegistrations implements IoHandler {

	private final IoHandler delegate;

	private EpollRegistrations(IoHandler delegate) {
		this.delegate = delegate;
	}

	static IoHandlerFactory newFactory() {
		IoHandlerFactory factory = EpollIoHandler.newFactory();
		return new IoHandlerFactory() {

			@Override
			public IoHandler newHandler(ThreadAwareExecutor executor) {
				return new EpollRegistrations(factory.newHandler(executor));
			}

			@Override
			public boolean isChangingThreadSupported() {
				return factory.isChangingThreadSupported();
			}

		};
	}

	@Override
	public IoRegistration register(IoHandle handle) throws Exception {
		return new KeptRegistration(this.delegate.register(handle));
	}

	@Override
	public void initialize() {
		this.delegate.initialize();
	}

	@Override
	public int run(IoHandlerContext context) {
		return this.delegate.run(context);
	}

	@Override
	public void prepareToDestroy() {
		this.delegate.prepareToDestroy();
	}

	@Override
	public void destroy() {
		this.delegate.destroy();
	}

	@Override
	public void wakeup() {
		this.delegate.wakeup();
	}

	@Override
	public boolean isCompatible(Class<? extends IoHandle> handleType) {
		return this.delegate.isCompatible(handleType);
	}

	/**
	 * Waits for the end of the connection, reported once, when there is nothing else to
	 * wait for. Immutable.
	 *
	 * @param delegate the registration with epoll
	 */
	private record KeptRegistration(IoRegistration delegate) implements IoRegistration {

		@Override
		public long submit(IoOps ops) {
			return this.delegate.submit(EpollIoOps.NONE.equals(ops) ? EpollIoOps.EPOLLET : ops);
		}

		@Override
		public <T> T attachment() {
			return this.delegate.attachment();
		}

		@Override
		public boolean isValid() {
			return this.delegate.isValid();
		}

		@Override
		public boolean cancel() {
			return this.delegate.cancel();
		}

	}

}
