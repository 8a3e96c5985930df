package dev.holdfast.autoconfigure;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

import dev.holdfast.limit.ExcessPolicy;
import dev.holdfast.limit.OverflowPolicy;
import dev.holdfast.server.TlsOptions;

/**
 * Properties of one server. Immutable.
 *
 * @param enabled whether the server is started
 * @param host name or address to listen on, by default all interfaces
 * @param port port to listen on, 0 for any free one
 * @param unixSocket path of a Unix domain socket to listen on instead
 * @param unixSocketPermissions permissions of its file, such as rw-rw----, by default
 * those that the process gives
 * @param transport transport of messages
 * @param framing how a stream is cut into frames: line, delimiter, length-field,
 * fixed-length, raw, or the name of a Framing bean
 * @param delimiter delimiter of the framing of that name, with escapes such as \0 and
 * \r\n
 * @param lengthField length field of the framing of that name
 * @param fixedLength length of each frame of the framing of that name, in bytes
 * @param maxFrameLength longest frame, header included, delimiter not; by default 64KB,
 * and no less than the longest WebSocket message
 * @param frameTimeout time in which a frame that was begun must be finished, 0 for no
 * limit
 * @param payload payload of messages: text, json, bytes, or the name of a PayloadCodec
 * bean
 * @param charset charset of text
 * @param route where a message has its route
 * @param websocket how WebSocket is spoken
 * @param ssl how TLS is spoken
 * @param proxyProtocol how proxies tell the address of the client
 * @param execution where handlers run
 * @param maxWaiting most messages of one connection that wait behind a busy handler
 * before reading pauses
 * @param concurrency most handlers of one connection that run at once
 * @param limits limits of the server
 * @param loginTimeout time in which a user must be bound to a connection, 0 for no limit
 * @param idleTimeout time in which something must be read, 0 for no limit
 * @param heartbeat what quiet clients are sent
 * @param maxLifetime time after which a connection is ended, less up to a tenth of it, 0
 * for no limit
 * @param closeTimeout time in which a closing connection must make progress
 * @param outbound what may wait for a client
 * @param socket options of sockets
 * @param logConnections whether opened and closed connections are logged
 * @param wiretap whether everything on the wire is logged
 */
public record ServerProperties(@DefaultValue("true") boolean enabled, @Nullable String host, @Nullable Integer port,
		@Nullable String unixSocket, @Nullable String unixSocketPermissions, @DefaultValue("tcp") String transport,
		@DefaultValue("line") String framing, @Nullable String delimiter, @DefaultValue LengthField lengthField,
		@Nullable Integer fixedLength, @Nullable DataSize maxFrameLength,
		@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration frameTimeout,
		@DefaultValue("text") String payload, @DefaultValue("UTF-8") Charset charset, @DefaultValue Route route,
		@DefaultValue WebSocket websocket, @DefaultValue Ssl ssl, @DefaultValue ProxyProtocol proxyProtocol,
		@DefaultValue("event-loop") Execution execution, @DefaultValue("16") int maxWaiting,
		@DefaultValue("1") int concurrency, @DefaultValue Limits limits,
		@DefaultValue("0s") @DurationUnit(ChronoUnit.SECONDS) Duration loginTimeout,
		@DefaultValue("0s") @DurationUnit(ChronoUnit.SECONDS) Duration idleTimeout, @DefaultValue Heartbeat heartbeat,
		@DefaultValue("0s") @DurationUnit(ChronoUnit.SECONDS) Duration maxLifetime,
		@DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS) Duration closeTimeout, @DefaultValue Outbound outbound,
		@DefaultValue Socket socket, @DefaultValue("false") boolean logConnections,
		@DefaultValue("false") boolean wiretap) {

	private static final DataSize MAX_FRAME_LENGTH = DataSize.ofKilobytes(64);

	/**
	 * Return the length of the longest frame.
	 * @return the configured one; where there is none, 64KB or the length of the longest
	 * WebSocket message, whichever is longer
	 */
	@Override
	public DataSize maxFrameLength() {
		if (this.maxFrameLength != null) {
			return this.maxFrameLength;
		}
		DataSize message = this.websocket.maxMessageLength();
		return (message != null && message.compareTo(MAX_FRAME_LENGTH) > 0) ? message : MAX_FRAME_LENGTH;
	}

	/**
	 * Where handlers run. Immutable.
	 */
	public enum Execution {

		/**
		 * On the event loop of their connection.
		 */
		EVENT_LOOP,

		/**
		 * On threads that may block.
		 */
		BLOCKING

	}

	/**
	 * Order of the bytes of a length field. Immutable.
	 */
	public enum ByteOrder {

		/**
		 * Most significant byte first.
		 */
		BIG_ENDIAN,

		/**
		 * Least significant byte first.
		 */
		LITTLE_ENDIAN

	}

	/**
	 * Length field of frames. Immutable.
	 *
	 * @param offset number of bytes in front of the length field
	 * @param length number of bytes of the length field: 1, 2, 3, 4 or 8
	 * @param adjustment number of bytes to add to the value of the length field
	 * @param includesHeader whether the length counts the header too
	 * @param strip whether handlers see payloads without the header
	 * @param byteOrder order of the bytes of the length field
	 */
	public record LengthField(@DefaultValue("0") int offset, @DefaultValue("4") int length,
			@DefaultValue("0") int adjustment, @DefaultValue("false") boolean includesHeader,
			@DefaultValue("true") boolean strip, @DefaultValue("big-endian") ByteOrder byteOrder) {

	}

	/**
	 * Where a message has its route. Immutable.
	 *
	 * @param jsonField field of a JSON object that holds the route
	 * @param delimiter text behind the route, with escapes such as \t
	 */
	public record Route(@Nullable String jsonField, @Nullable String delimiter) {

	}

	/**
	 * How WebSocket is spoken. Immutable.
	 *
	 * @param path path that clients ask for
	 * @param subprotocols subprotocols that the server speaks, the most preferred first
	 * @param compression whether messages are compressed for clients that can
	 * @param maxMessageLength longest message, all fragments together and inflated, by
	 * default as long as a frame
	 * @param keepHeaders whether headers and cookies stay readable after opening
	 * @param allowedOrigins origins whose pages may connect, * for any; by default those
	 * on the same host
	 * @param forwardedFrom addresses and networks of proxies whose Forwarded or
	 * X-Forwarded-For header is believed
	 */
	public record WebSocket(@DefaultValue("/") String path, @DefaultValue List<String> subprotocols,
			@DefaultValue("false") boolean compression, @Nullable DataSize maxMessageLength,
			@DefaultValue("false") boolean keepHeaders, @DefaultValue List<String> allowedOrigins,
			@DefaultValue List<String> forwardedFrom) {

	}

	/**
	 * How TLS is spoken. Immutable.
	 *
	 * @param bundle name of the SSL bundle with the keys of the server, none for no TLS
	 * @param sni names of the SSL bundles for clients that name a host, by its name
	 * @param clientAuth whether clients show a certificate
	 * @param handshakeTimeout time in which a handshake must be finished, 0 for no limit
	 * @param provider what does the encryption
	 */
	public record Ssl(@Nullable String bundle, @DefaultValue Map<String, String> sni,
			@DefaultValue("none") TlsOptions.ClientAuth clientAuth,
			@DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration handshakeTimeout,
			@DefaultValue("jdk") TlsOptions.Provider provider) {

	}

	/**
	 * How proxies tell the address of the client. Immutable.
	 *
	 * @param mode whether connections begin with a header of the PROXY protocol
	 * @param trusted addresses and networks that are allowed to send it
	 */
	public record ProxyProtocol(@DefaultValue("none") Mode mode, @DefaultValue List<String> trusted) {

		/**
		 * Whether connections begin with a header. Immutable.
		 */
		public enum Mode {

			/**
			 * None does.
			 */
			NONE,

			/**
			 * Each one does.
			 */
			REQUIRED,

			/**
			 * Some do.
			 */
			AUTO

		}

	}

	/**
	 * Limits of a server; 0 for no limit. Immutable.
	 *
	 * @param maxConnections most connections at once
	 * @param maxConnectionsPerAddress most connections of one address at once
	 * @param acceptRate most connections that are accepted in a second, the others wait
	 * @param deniedAddresses addresses and networks that are refused
	 * @param messagesPerSecond most messages of a connection in a second
	 * @param burst most messages of a connection at once, by default as many as in a
	 * second
	 * @param onExcess what happens to more messages
	 */
	public record Limits(@DefaultValue("0") long maxConnections, @DefaultValue("0") int maxConnectionsPerAddress,
			@DefaultValue("0") int acceptRate, @DefaultValue List<String> deniedAddresses,
			@DefaultValue("0") double messagesPerSecond, @Nullable Integer burst,
			@DefaultValue("throttle") ExcessPolicy onExcess) {

	}

	/**
	 * What quiet clients are sent. Immutable.
	 *
	 * @param interval time without traffic after which it is sent, 0 for never
	 * @param payload message to send, by default a ping of the transport if it has one
	 */
	public record Heartbeat(@DefaultValue("0s") @DurationUnit(ChronoUnit.SECONDS) Duration interval,
			@Nullable String payload) {

	}

	/**
	 * What may wait for a client. Immutable.
	 *
	 * @param highWaterMark amount above which a connection is not writable
	 * @param maxPending amount above which the connection overflows, 0 for no limit
	 * @param onOverflow what happens then
	 */
	public record Outbound(@DefaultValue("64KB") DataSize highWaterMark, @DefaultValue("1MB") DataSize maxPending,
			@DefaultValue("close") OverflowPolicy onOverflow) {

	}

	/**
	 * Options of sockets. Immutable.
	 *
	 * @param backlog number of connections that may wait to be accepted, by default what
	 * the system allows
	 * @param noDelay whether small packets are sent at once
	 * @param keepAlive how the kernel probes quiet connections
	 * @param userTimeout time that sent data may stay unacknowledged, by default that of
	 * the system; needs epoll
	 * @param receiveBuffer size of the kernel's receive buffer, by default that of the
	 * system
	 * @param sendBuffer size of the kernel's send buffer, by default that of the system
	 * @param reusePort whether several sockets may listen on the port; needs epoll
	 */
	public record Socket(@Nullable Integer backlog, @DefaultValue("true") boolean noDelay,
			@DefaultValue KeepAlive keepAlive, @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration userTimeout,
			@Nullable DataSize receiveBuffer, @Nullable DataSize sendBuffer, @DefaultValue("false") boolean reusePort) {

		/**
		 * How the kernel probes quiet connections. Immutable.
		 *
		 * @param enabled whether it does
		 * @param idle time without traffic before the first probe
		 * @param interval time between probes
		 * @param count unanswered probes until the connection is broken
		 */
		public record KeepAlive(@DefaultValue("true") boolean enabled,
				@DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration idle,
				@DefaultValue("15s") @DurationUnit(ChronoUnit.SECONDS) Duration interval,
				@DefaultValue("4") int count) {

			/**
			 * Return the usual settings, or none: what {@code keep-alive: true} and
			 * {@code keep-alive: false} mean.
			 * @param enabled {@code true} or {@code false}
			 * @return the settings
			 */
			public static KeepAlive of(String enabled) {
				Assert.isTrue("true".equals(enabled) || "false".equals(enabled),
						() -> "'%s' is neither true nor false".formatted(enabled));
				return new KeepAlive(Boolean.parseBoolean(enabled), Duration.ofSeconds(60), Duration.ofSeconds(15), 4);
			}

		}

	}

}
