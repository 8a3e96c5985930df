package dev.holdfast.server.netty;

import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import org.springframework.context.ConfigurableApplicationContext;

import dev.holdfast.benchmarks.app.HoldfastServer;
import dev.holdfast.connection.Connections;
import dev.holdfast.server.SocketServers;

/**
 * An application with Holdfast whose server also takes channels that never were sockets.
 * Thread-safe.
 */
final class HoldfastNode extends ChannelInitializer<Channel> implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final NettySocketServer server;

	HoldfastNode(String mode, String... args) {
		this.context = HoldfastServer.start(mode, args);
		this.server = (NettySocketServer) Objects
			.requireNonNull(this.context.getBean(SocketServers.class).get("bench"));
	}

	@Override
	public boolean isSharable() {
		return true;
	}

	@Override
	protected void initChannel(Channel channel) {
		this.server.accept(channel);
	}

	NettySocketServer server() {
		return this.server;
	}

	ConnectionLoops loops() {
		return this.context.getBean(NettyNode.class).loops();
	}

	Connections connections() {
		return this.context.getBean(Connections.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
