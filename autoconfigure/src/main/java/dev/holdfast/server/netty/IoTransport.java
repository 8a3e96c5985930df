package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

import dev.holdfast.server.IoMechanism;
import dev.holdfast.server.IoUnavailableException;

/**
 * The mechanism by which event loops move bytes. Immutable.
 */
enum IoTransport {

	EPOLL(IoMechanism.EPOLL, "It needs Linux and io.netty:netty-transport-native-epoll, with the classifier "
			+ "linux-x86_64 or linux-aarch_64, on the class path.") {

		@Override
		@Nullable Throwable obstacle() {
			return Epoll.unavailabilityCause();
		}

		@Override
		IoHandlerFactory handlerFactory() {
			return EpollRegistrations.newFactory();
		}

		@Override
		ServerChannel serverChannel(SocketAddress address) {
			if (address instanceof UnixDomainSocketAddress) {
				return new EpollServerDomainSocketChannel();
			}
			return new EpollServerSocketChannel();
		}

		@Override
		List<ChannelOption<Integer>> keepAlive() {
			return List.of(EpollChannelOption.TCP_KEEPIDLE, EpollChannelOption.TCP_KEEPINTVL,
					EpollChannelOption.TCP_KEEPCNT);
		}

		@Override
		ChannelOption<Integer> userTimeout() {
			return EpollChannelOption.TCP_USER_TIMEOUT;
		}

	},

	KQUEUE(IoMechanism.KQUEUE, "It needs macOS or BSD and io.netty:netty-transport-native-kqueue, with the classifier "
			+ "osx-x86_64 or osx-aarch_64, on the class path.") {

		@Override
		@Nullable Throwable obstacle() {
			return KQueue.unavailabilityCause();
		}

		@Override
		IoHandlerFactory handlerFactory() {
			return KQueueIoHandler.newFactory();
		}

		@Override
		ServerChannel serverChannel(SocketAddress address) {
			if (address instanceof UnixDomainSocketAddress) {
				return new KQueueServerDomainSocketChannel();
			}
			return new KQueueServerSocketChannel();
		}

		@Override
		List<ChannelOption<Integer>> keepAlive() {
			return List.of();
		}

	},

	NIO(IoMechanism.NIO, "") {

		@Override
		@Nullable Throwable obstacle() {
			return null;
		}

		@Override
		IoHandlerFactory handlerFactory() {
			return NioIoHandler.newFactory();
		}

		@Override
		ServerChannel serverChannel(SocketAddress address) {
			if (address instanceof UnixDomainSocketAddress) {
				return new NioServerDomainSocketChannel();
			}
			return new NioServerSocketChannel();
		}

		@Override
		List<ChannelOption<Integer>> keepAlive() {
			return List.of(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
					NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
					NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT));
		}

	},

	IO_URING(IoMechanism.IO_URING,
			"It needs Linux 5.9 or later, a container that allows io_uring, and "
					+ "io.netty:netty-transport-native-io_uring, with the classifier linux-x86_64 or linux-aarch_64, "
					+ "on the class path.") {

		@Override
		@Nullable Throwable obstacle() {
			return IoUring.unavailabilityCause();
		}

		@Override
		IoHandlerFactory handlerFactory() {
			return IoUringIoHandler.newFactory();
		}

		@Override
		ServerChannel serverChannel(SocketAddress address) {
			return new IoUringServerSocketChannel();
		}

		@Override
		List<ChannelOption<Integer>> keepAlive() {
			return List.of(IoUringChannelOption.TCP_KEEPIDLE, IoUringChannelOption.TCP_KEEPINTVL,
					IoUringChannelOption.TCP_KEEPCNT);
		}

		@Override
		ChannelOption<Integer> userTimeout() {
			return IoUringChannelOption.TCP_USER_TIMEOUT;
		}

	};

	private final IoMechanism mechanism;

	private final String needs;

	IoTransport(IoMechanism mechanism, String needs) {
		this.mechanism = mechanism;
		this.needs = needs;
	}

	String id() {
		return this.mechanism.id();
	}

	/**
	 * Return why the mechanism cannot be used.
	 * @return the cause or {@code null} if it can
	 * @throws LinkageError if its library is missing
	 */
	abstract @Nullable Throwable obstacle();

	abstract IoHandlerFactory handlerFactory();

	/**
	 * Return a new channel that can listen. Each branch returns its own: to join two of
	 * them, the verifier would load a class that may not be there.
	 * @param address the port or the path that it is for
	 * @return the channel
	 */
	abstract ServerChannel serverChannel(SocketAddress address);

	/**
	 * Return the options for the time before the first probe, the time between probes and
	 * the number of probes.
	 * @return three options, or none if the mechanism has none
	 */
	abstract List<ChannelOption<Integer>> keepAlive();

	@Nullable ChannelOption<Integer> userTimeout() {
		return null;
	}

	/**
	 * Whether the mechanism has addresses of its own for Unix domain sockets.
	 * @return {@code false} for that of the Java platform
	 */
	boolean isNative() {
		return this != NIO;
	}

	private @Nullable Throwable unavailability() {
		try {
			return obstacle();
		}
		catch (LinkageError ex) {
			return ex;
		}
	}

	/**
	 * Find the transport for a mechanism.
	 * @param mechanism the mechanism
	 * @return the transport
	 * @throws IoUnavailableException if it cannot be used
	 */
	static IoTransport of(IoMechanism mechanism) {
		if (mechanism == IoMechanism.AUTO) {
			return (EPOLL.unavailability() == null) ? EPOLL : (KQUEUE.unavailability() == null) ? KQUEUE : NIO;
		}
		IoTransport transport = valueOf(mechanism.name());
		Throwable obstacle = transport.unavailability();
		if (obstacle != null) {
			throw new IoUnavailableException(mechanism, reason(obstacle), transport.needs, obstacle);
		}
		return transport;
	}

	private static String reason(Throwable obstacle) {
		if (obstacle instanceof NoClassDefFoundError) {
			return "the class %s is missing".formatted(String.valueOf(obstacle.getMessage()).replace('/', '.'));
		}
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(obstacle);
		return (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
	}

}
