package dev.holdfast.server;

import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Options of the sockets of one server; {@code null} and 0 keep what the system has.
 * Immutable.
 *
 * @param backlog how many connections may wait to be accepted
 * @param noDelay whether small packets are sent at once
 * @param keepAlive how the kernel probes quiet connections or {@code null}
 * @param userTimeout how long sent data may stay unacknowledged
 * @param buffers sizes of the kernel's buffers
 * @param reusePort whether several sockets may listen on the port
 * @param unixPermissions who may connect to a Unix domain socket
 */
public record SocketOptions(int backlog, boolean noDelay, @Nullable KeepAlive keepAlive, @Nullable Duration userTimeout,
		Buffers buffers, boolean reusePort, @Nullable Set<PosixFilePermission> unixPermissions) {

	/**
	 * Create new {@link SocketOptions} that leave the permissions of a Unix domain socket
	 * to the process.
	 * @param backlog connections that may wait to be accepted
	 * @param noDelay whether small packets are sent at once
	 * @param keepAlive how the kernel probes quiet connections
	 * @param userTimeout how long data may be unacknowledged
	 * @param buffers sizes of the kernel's buffers
	 * @param reusePort whether several sockets may listen on the port
	 */
	public SocketOptions(int backlog, boolean noDelay, @Nullable KeepAlive keepAlive, @Nullable Duration userTimeout,
			Buffers buffers, boolean reusePort) {
		this(backlog, noDelay, keepAlive, userTimeout, buffers, reusePort, null);
	}

	/**
	 * How the kernel probes quiet connections. Immutable.
	 *
	 * @param idle time without traffic before the first probe
	 * @param interval time between probes
	 * @param count unanswered probes until the connection is broken
	 */
	public record KeepAlive(Duration idle, Duration interval, int count) {

	}

	/**
	 * Sizes of the kernel's buffers of a connection, in bytes. Immutable.
	 *
	 * @param receive the size of the receive buffer
	 * @param send the size of the send buffer
	 */
	public record Buffers(int receive, int send) {

	}

}
