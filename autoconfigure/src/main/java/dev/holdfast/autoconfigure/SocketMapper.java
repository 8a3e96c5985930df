package dev.holdfast.autoconfigure;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.holdfast.server.SocketOptions;

/**
 * Maps where a server listens, and the options of its sockets. Immutable.
 *
 * @param keys the keys of the server
 * @param properties the properties of the server
 */
record SocketMapper(ServerKeys keys, ServerProperties properties) {

	private static final int MAX_PORT = 65535;

	private static final int MAX_PATH_LENGTH = 107;

	private static final int MAX_KEEP_ALIVE_SECONDS = 32767;

	private static final int MAX_KEEP_ALIVE_COUNT = 127;

	private static final Duration MAX_USER_TIMEOUT = Duration.ofDays(24);

	SocketAddress address() {
		String path = this.properties.unixSocket();
		return (path != null) ? unix(path) : inet();
	}

	private SocketAddress unix(String path) {
		String key = (this.properties.port() != null) ? "port" : "host";
		this.keys.check("unix-socket", path, this.properties.port() == null && this.properties.host() == null,
				"a server listens either on a port or on a Unix domain socket: remove it, or remove '%s'"
					.formatted(this.keys.key(key)));
		int length = path.getBytes(StandardCharsets.UTF_8).length;
		this.keys.check("unix-socket", path, length > 0 && length <= MAX_PATH_LENGTH,
				"it must have 1 to %d bytes".formatted(MAX_PATH_LENGTH));
		try {
			return UnixDomainSocketAddress.of(path);
		}
		catch (InvalidPathException ex) {
			throw this.keys.invalid("unix-socket", path, "it is no path of this system");
		}
	}

	private SocketAddress inet() {
		Integer port = this.keys.required("port", this.properties.port(),
				"set it to the port to listen on, or to 0 for any. Or set '%s' to a path instead"
					.formatted(this.keys.key("unix-socket")));
		this.keys.check("port", port, port >= 0 && port <= MAX_PORT, "it must be between 0 and 65535");
		if (this.properties.host() == null) {
			return new InetSocketAddress(port);
		}
		InetSocketAddress address = new InetSocketAddress(this.properties.host(), port);
		this.keys.check("host", this.properties.host(), !address.isUnresolved(), "no address is known for this name");
		return address;
	}

	private @Nullable Set<PosixFilePermission> permissions() {
		String permissions = this.properties.unixSocketPermissions();
		if (permissions == null) {
			return null;
		}
		this.keys.check("unix-socket-permissions", permissions, this.properties.unixSocket() != null,
				"only a Unix domain socket has them: set '%s' too".formatted(this.keys.key("unix-socket")));
		try {
			return PosixFilePermissions.fromString(permissions);
		}
		catch (IllegalArgumentException ex) {
			throw this.keys.invalid("unix-socket-permissions", permissions, "it must look like 'rw-rw----'");
		}
	}

	SocketOptions options() {
		ServerProperties.Socket socket = this.properties.socket();
		int backlog = (socket.backlog() != null) ? socket.backlog() : 0;
		this.keys.check("socket.backlog", backlog, socket.backlog() == null || backlog > 0, "it must be positive");
		SocketOptions.Buffers buffers = new SocketOptions.Buffers(size("socket.receive-buffer", socket.receiveBuffer()),
				size("socket.send-buffer", socket.sendBuffer()));
		Duration userTimeout = socket.userTimeout();
		this.keys.check("socket.user-timeout", userTimeout, userTimeout == null || isMillis(userTimeout),
				"it must be positive and below 24 days");
		return new SocketOptions(backlog, socket.noDelay(), keepAlive(socket.keepAlive()), userTimeout, buffers,
				socket.reusePort(), permissions());
	}

	private SocketOptions.@Nullable KeepAlive keepAlive(ServerProperties.Socket.KeepAlive keepAlive) {
		if (!keepAlive.enabled()) {
			return null;
		}
		checkKeepAlive("socket.keep-alive.idle", keepAlive.idle());
		checkKeepAlive("socket.keep-alive.interval", keepAlive.interval());
		this.keys.check("socket.keep-alive.count", keepAlive.count(),
				keepAlive.count() > 0 && keepAlive.count() <= MAX_KEEP_ALIVE_COUNT, "it must be from 1 to 127");
		return new SocketOptions.KeepAlive(keepAlive.idle(), keepAlive.interval(), keepAlive.count());
	}

	private void checkKeepAlive(String key, Duration duration) {
		this.keys.check(key, duration, duration.toSeconds() > 0 && duration.toSeconds() <= MAX_KEEP_ALIVE_SECONDS,
				"it must be at least one second and at most 32767, which is 9 hours");
	}

	private static boolean isMillis(Duration duration) {
		return duration.compareTo(Duration.ofMillis(1)) >= 0 && duration.compareTo(MAX_USER_TIMEOUT) <= 0;
	}

	private int size(String key, @Nullable DataSize size) {
		if (size == null) {
			return 0;
		}
		this.keys.check(key, size, size.toBytes() > 0 && size.toBytes() <= Integer.MAX_VALUE,
				"it must be positive and below 2GB");
		return (int) size.toBytes();
	}

}
