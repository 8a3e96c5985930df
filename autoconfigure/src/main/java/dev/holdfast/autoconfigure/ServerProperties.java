package dev.holdfast.autoconfigure;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
		@Nullable String unixSocket, @Nullable String unixSocketPermissions, String transport, String framing,
		@Nullable String delimiter, LengthField lengthField, @Nullable Integer fixedLength,
		@Nullable DataSize maxFrameLength, @DurationUnit(ChronoUnit.SECONDS) Duration frameTimeout, String payload,
		Charset charset, Route route, WebSocket websocket, Ssl ssl, ProxyProtocol proxyProtocol, Execution execution,
		@DefaultValue("16") int maxWaiting, @DefaultValue("1") int concurrency, Limits limits,
		@DurationUnit(ChronoUnit.SECONDS) Duration loginTimeout, @DurationUnit(ChronoUnit.SECONDS) Duration idleTimeout,
		Heartbeat heartbeat, @DurationUnit(ChronoUnit.SECONDS) Duration maxLifetime,
		@DurationUnit(ChronoUnit.SECONDS) Duration closeTimeout, Outbound outbound, Socket socket,
		@DefaultValue("false") boolean logConnections, @DefaultValue("false") boolean wiretap) {

	private static final DataSize MAX_FRAME_LENGTH = DataSize.ofKilobytes(64);

	/**
	 * Create new properties. What is {@code null} becomes its default, which is quicker
	 * than to bind it.
	 */
	public ServerProperties {
		transport = Objects.requireNonNullElse(transport, "tcp");
		framing = Objects.requireNonNullElse(framing, "line");
		frameTimeout = Objects.requireNonNullElse(frameTimeout, Duration.ofSeconds(30));
		payload = Objects.requireNonNullElse(payload, "text");
		charset = Objects.requireNonNullElse(charset, StandardCharsets.UTF_8);
		execution = Objects.requireNonNullElse(execution, Execution.EVENT_LOOP);
		loginTimeout = Objects.requireNonNullElse(loginTimeout, Duration.ZERO);
		idleTimeout = Objects.requireNonNullElse(idleTimeout, Duration.ZERO);
		maxLifetime = Objects.requireNonNullElse(maxLifetime, Duration.ZERO);
		closeTimeout = Objects.requireNonNullElse(closeTimeout, Duration.ofSeconds(1));
		lengthField = Objects.requireNonNullElse(lengthField, LengthField.DEFAULT);
		route = Objects.requireNonNullElse(route, Route.NONE);
		websocket = Objects.requireNonNullElse(websocket, WebSocket.DEFAULT);
		ssl = Objects.requireNonNullElse(ssl, Ssl.NONE);
		proxyProtocol = Objects.requireNonNullElse(proxyProtocol, ProxyProtocol.NONE);
		limits = Objects.requireNonNullElse(limits, Limits.NONE);
		heartbeat = Objects.requireNonNullElse(heartbeat, Heartbeat.NONE);
		outbound = Objects.requireNonNullElse(outbound, Outbound.DEFAULT);
		socket = Objects.requireNonNullElse(socket, Socket.DEFAULT);
	}

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

		static final LengthField DEFAULT = new LengthField(0, 4, 0, false, true, ByteOrder.BIG_ENDIAN);

	}

	/**
	 * Where a message has its route. Immutable.
	 *
	 * @param jsonField field of a JSON object that holds the route
	 * @param delimiter text behind the route, with escapes such as \t
	 */
	public record Route(@Nullable String jsonField, @Nullable String delimiter) {

		static final Route NONE = new Route(null, null);

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

		static final WebSocket DEFAULT = new WebSocket("/", List.of(), false, null, false, List.of(), List.of());

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

		static final Ssl NONE = new Ssl(null, Map.of(), TlsOptions.ClientAuth.NONE, Duration.ofSeconds(10),
				TlsOptions.Provider.JDK);

	}

	/**
	 * How proxies tell the address of the client. Immutable.
	 *
	 * @param mode whether connections begin with a header of the PROXY protocol
	 * @param trusted addresses and networks that are allowed to send it
	 */
	public record ProxyProtocol(@DefaultValue("none") Mode mode, @DefaultValue List<String> trusted) {

		static final ProxyProtocol NONE = new ProxyProtocol(Mode.NONE, List.of());

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

		static final Limits NONE = new Limits(0, 0, 0, List.of(), 0, null, ExcessPolicy.THROTTLE);

	}

	/**
	 * What quiet clients are sent. Immutable.
	 *
	 * @param interval time without traffic after which it is sent, 0 for never
	 * @param payload message to send, by default a ping of the transport if it has one
	 */
	public record Heartbeat(@DefaultValue("0s") @DurationUnit(ChronoUnit.SECONDS) Duration interval,
			@Nullable String payload) {

		static final Heartbeat NONE = new Heartbeat(Duration.ZERO, null);

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

		static final Outbound DEFAULT = new Outbound(DataSize.ofKilobytes(64), DataSize.ofMegabytes(1),
				OverflowPolicy.CLOSE);

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
	public record Socket(@Nullable Integer backlog, @DefaultValue("true") boolean noDelay, KeepAlive keepAlive,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration userTimeout, @Nullable DataSize receiveBuffer,
			@Nullable DataSize sendBuffer, @DefaultValue("false") boolean reusePort) {

		static final Socket DEFAULT = new Socket(null, true, KeepAlive.DEFAULT, null, null, null, false);

		/**
		 * Create new options. What is {@code null} becomes its default.
		 */
		public Socket {
			keepAlive = Objects.requireNonNullElse(keepAlive, KeepAlive.DEFAULT);
		}

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

			static final KeepAlive DEFAULT = new KeepAlive(true, Duration.ofSeconds(60), Duration.ofSeconds(15), 4);

			/**
			 * Return the usual settings, or none: what {@code keep-alive: true} and
			 * {@code keep-alive: false} mean.
			 * @param enabled {@code true} or {@code false}
			 * @return the settings
			 */
			public static KeepAlive of(String enabled) {
				Assert.isTrue("true".equals(enabled) || "false".equals(enabled),
						() -> "'%s' is neither true nor false".formatted(enabled));
				return new KeepAlive(Boolean.parseBoolean(enabled), DEFAULT.idle, DEFAULT.interval, DEFAULT.count);
			}

		}

	}

}
