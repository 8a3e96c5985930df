package dev.holdfast.server.netty;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections inside one process, over Netty's local transport: the servers' ends live on
 * one event loop, the clients' ends on another. Used by one thread.
 */
final class LocalConnections implements AutoCloseable {

	private static final int UNDER_WAY = 2000;

	private final EventLoopGroup servers = group("server");

	private final EventLoopGroup clients = group("client");

	private final LocalReceiver receiver = new LocalReceiver();

	private final List<Channel> channels = new ArrayList<>();

	private final LocalAddress address = new LocalAddress("server");

	private int opened;

	LocalConnections(ChannelHandler server) throws InterruptedException {
		new ServerBootstrap().group(this.servers)
			.channel(LocalServerChannel.class)
			.childHandler(server)
			.bind(this.address)
			.sync();
	}

	private static EventLoopGroup group(String name) {
		return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), LocalIoHandler.newFactory());
	}

	LocalReceiver receiver() {
		return this.receiver;
	}

	EventLoopGroup servers() {
		return this.servers;
	}

	/**
	 * Open connections.
	 * @param count the number of connections
	 * @throws InterruptedException if the thread is interrupted
	 */
	void open(int count) throws InterruptedException {
		Semaphore room = new Semaphore(UNDER_WAY);
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		Bootstrap bootstrap = new Bootstrap().group(this.clients).channel(LocalChannel.class).handler(this.receiver);
		for (int i = 0; i < count && failure.get() == null; i++) {
			room.acquire();
			ChannelFuture connected = bootstrap.connect(this.address, new LocalAddress("client" + this.opened++));
			connected.addListener((future) -> {
				failure.compareAndSet(null, future.cause());
				room.release();
			});
			this.channels.add(connected.channel());
		}
		room.acquire(UNDER_WAY);
		if (failure.get() != null) {
			throw new IllegalStateException("Cannot connect", failure.get());
		}
		barrier();
	}

	/**
	 * Wait until both event loops have done what waits for them now.
	 * @throws InterruptedException if the thread is interrupted
	 */
	void barrier() throws InterruptedException {
		for (int i = 0; i < 2; i++) {
			this.servers.next().submit(() -> true).await();
			this.clients.next().submit(() -> true).await();
		}
	}

	/**
	 * Return the CPU time of the clients' event loop.
	 * @return nanoseconds
	 * @throws Exception if the loop does not answer
	 */
	long clientCpuTime() throws Exception {
		long thread = this.clients.next().submit(() -> Thread.currentThread().getId()).get();
		return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
	}

	/**
	 * Close all connections.
	 * @throws InterruptedException if the thread is interrupted
	 */
	void closeAll() throws InterruptedException {
		for (int i = 0; i < this.channels.size(); i++) {
			this.channels.get(i).close();
			if (i % UNDER_WAY == 0) {
				barrier();
			}
		}
		barrier();
		this.channels.clear();
	}

	@Override
	public void close() throws InterruptedException {
		closeAll();
		this.servers.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
		this.clients.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
	}

}
