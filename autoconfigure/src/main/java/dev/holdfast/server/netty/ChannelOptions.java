package dev.holdfast.server.netty;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.netty.tcp.TcpServer;

/**
 * Options of a listening socket, and of the connections that it accepts. Thread-safe once
 * all are set.
 */
final class ChannelOptions {

	private static final Log logger = LogFactory.getLog(ChannelOptions.class);

	private final Set<ChannelOption<?>> refused = ConcurrentHashMap.newKeySet();

	private final Map<ChannelOption<?>, Object> listening = new LinkedHashMap<>();

	private final Map<ChannelOption<?>, Object> accepted = new LinkedHashMap<>();

	/**
	 * Set an option of the listening socket. A second call replaces the value.
	 * @param <T> the type of the value
	 * @param option the option
	 * @param value the value
	 */
	<T> void listening(ChannelOption<T> option, T value) {
		this.listening.put(option, value);
	}

	/**
	 * Set an option of each connection. A second call replaces the value.
	 * @param <T> the type of the value
	 * @param option the option
	 * @param value the value
	 */
	<T> void accepted(ChannelOption<T> option, T value) {
		this.accepted.put(option, value);
	}

	/**
	 * Set the options of a listening socket, but for those that the system refuses.
	 * @param channel the channel of the socket
	 */
	void applyListening(Channel channel) {
		this.listening.forEach((option, value) -> set(channel, option, value));
	}

	/**
	 * Set the options of a connection, but for those that the system refuses: no
	 * connection is worth less for lack of one.
	 * @param channel the channel of the connection
	 */
	void applyAccepted(Channel channel) {
		this.accepted.forEach((option, value) -> set(channel, option, value));
	}

	private void set(Channel channel, ChannelOption<?> option, Object value) {
		try {
			channel.config().setOption(untyped(option), value);
		}
		catch (RuntimeException ex) {
			if (this.refused.add(option)) {
				logger.warn("Socket option '%s' cannot be set to '%s', going on without".formatted(option, value), ex);
			}
		}
	}

	/**
	 * Set the options of a Reactor Netty server.
	 * @param server the server
	 * @return the server with the options
	 */
	TcpServer apply(TcpServer server) {
		TcpServer configured = server;
		for (Map.Entry<ChannelOption<?>, Object> entry : this.listening.entrySet()) {
			configured = configured.option(untyped(entry.getKey()), entry.getValue());
		}
		for (Map.Entry<ChannelOption<?>, Object> entry : this.accepted.entrySet()) {
			configured = configured.childOption(untyped(entry.getKey()), entry.getValue());
		}
		return configured;
	}

	@SuppressWarnings("unchecked")
	private static ChannelOption<Object> untyped(ChannelOption<?> option) {
		return (ChannelOption<Object>) option;
	}

}
