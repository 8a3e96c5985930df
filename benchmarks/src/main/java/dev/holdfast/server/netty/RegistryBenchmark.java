package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import dev.holdfast.connection.SocketConnection;

/**
 * What it costs to find, group and watch 100,000 connections of one event loop.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RegistryBenchmark {

	private static final int CONNECTIONS = 100_000;

	private HoldfastNode node = new HoldfastNode("echo", "--spring.main.banner-mode=off");

	private final EmbeddedChannel channel = new EmbeddedChannel(this.node);

	private final List<NettyConnection> connections = new ArrayList<>();

	private @Nullable ConnectionLoop loop;

	private int next;

	/**
	 * Register connections, which share one channel.
	 */
	@Setup
	public void register() {
		NettyConnection first = this.channel.pipeline().get(NettyConnection.class);
		this.loop = first.home.loop;
		for (int i = 0; i < CONNECTIONS; i++) {
			NettyConnection connection = new FramedConnection(this.channel, first.home);
			this.loop.register(connection);
			connection.state(ConnectionState.OPEN);
			this.connections.add(connection);
		}
	}

	private NettyConnection next() {
		this.next = (this.next + 7919) % CONNECTIONS;
		return this.connections.get(this.next);
	}

	/**
	 * Make the id of a connection and find the connection by it.
	 * @return the connection
	 */
	@Benchmark
	public SocketConnection find() {
		return this.node.connections().find(next().id()).orElseThrow();
	}

	/**
	 * Let a connection join a group and leave it.
	 * @return whether it was a member
	 */
	@Benchmark
	public boolean joinAndLeave() {
		NettyConnection connection = next();
		connection.join("group");
		return connection.leave("group");
	}

	/**
	 * Register a connection and take it out again.
	 * @return its slot
	 */
	@Benchmark
	public int registerAndUnregister() {
		NettyConnection connection = this.connections.get(0);
		if (this.loop != null) {
			this.loop.register(connection);
			this.loop.unregister(connection);
		}
		return connection.slot();
	}

	/**
	 * Look for deadlines of 100,000 connections when none is due.
	 */
	@Benchmark
	public void sweep() {
		if (this.loop != null) {
			this.loop.sweep();
		}
	}

	/**
	 * End the application.
	 */
	@TearDown
	public void close() {
		this.node.close();
	}

}
