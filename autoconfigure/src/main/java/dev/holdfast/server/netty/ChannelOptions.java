package dev.holdfast.server.netty;

import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import reactor.netty.tcp.TcpServer;

/**
 * Options of a listening socket, and of the connections that it accepts. Confined to the
 * thread that listens.
 */
final class ChannelOptions {

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
	 * Set the options of a Netty server.
	 * @param bootstrap the server, which is changed
	 */
	void apply(ServerBootstrap bootstrap) {
		this.listening.forEach((option, value) -> bootstrap.option(untyped(option), value));
		this.accepted.forEach((option, value) -> bootstrap.childOption(untyped(option), value));
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
