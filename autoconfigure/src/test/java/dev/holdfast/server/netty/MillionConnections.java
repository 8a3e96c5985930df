package dev.holdfast.server.netty;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;

import dev.holdfast.actuate.SocketConnectionsEndpoint;
import dev.holdfast.actuate.SocketConnectionsEndpoint.ConnectionsDescriptor;
import dev.holdfast.server.SocketServers;

/**
 * Program that holds a million connections over Netty's local transport and prints how
 * long pages of the endpoint take, and how long a task of the connections' event loop has
 * to wait meanwhile.
 */
public final class MillionConnections {

	private static final int CONNECTIONS = 1_000_000;

	private static final int UNDER_WAY = 2000;

	private static final int PAGES = 40;

	private MillionConnections() {
	}

	public static void main(String[] args) throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
				Class.forName("dev.holdfast.autoconfigure.CrowdedApplication"))
			.web(WebApplicationType.NONE)
			.properties("holdfast.servers.echo.port=0", "holdfast.servers.echo.host=127.0.0.1",
					"holdfast.max-connections=0", "management.endpoints.jmx.exposure.include=*",
					"spring.jmx.enabled=true", "logging.level.root=warn")
			.run()) {
			EventLoopGroup servers = group("server");
			open(context, servers);
			SocketConnectionsEndpoint endpoint = context.getBean(SocketConnectionsEndpoint.class);
			measure("first", servers, () -> endpoint.connections(null, null, null, null, 0, 50, null));
			measure("middle", servers, () -> endpoint.connections(null, null, null, null, CONNECTIONS / 2, 50, null));
			measure("last", servers, () -> endpoint.connections(null, null, null, null, CONNECTIONS - 50, 50, null));
			measure("server", servers, () -> endpoint.connections("echo", null, null, null, 0, 50, null));
			measure("serverLast", servers,
					() -> endpoint.connections("echo", null, null, null, CONNECTIONS - 50, 50, null));
			measure("user", servers, () -> endpoint.connections(null, "user-7", null, null, 0, 50, null));
			measure("address", servers, () -> endpoint.connections(null, null, null, "192.0.2.1", 0, 50, null));
			System.out.println("END");
			Runtime.getRuntime().halt(0);
		}
	}

	private static EventLoopGroup group(String name) {
		return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), LocalIoHandler.newFactory());
	}

	private static void open(ConfigurableApplicationContext context, EventLoopGroup servers) throws Exception {
		NettySocketServer server = (NettySocketServer) Objects
			.requireNonNull(context.getBean(SocketServers.class).get("echo"));
		LocalAddress address = new LocalAddress("server");
		new ServerBootstrap().group(servers).channel(LocalServerChannel.class).childHandler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				server.accept(channel);
			}

		}).bind(address).sync();
		connect(address);
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (server.openConnections() < CONNECTIONS) {
			Assert.state(System.nanoTime() < deadline, () -> server.openConnections() + " connections are open");
			Thread.sleep(10);
		}
		server.forEachConnection((connection) -> connection.bindUser("user-" + connection.id().hashCode() % 1000));
	}

	private static void connect(LocalAddress address) throws InterruptedException {
		Semaphore room = new Semaphore(UNDER_WAY);
		Bootstrap bootstrap = new Bootstrap().group(group("client"))
			.channel(LocalChannel.class)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
				}

			});
		for (int i = 0; i < CONNECTIONS; i++) {
			room.acquire();
			bootstrap.connect(address, new LocalAddress("client" + i)).addListener((connected) -> {
				if (!connected.isSuccess()) {
					throw new IllegalStateException(connected.cause());
				}
				room.release();
			});
		}
		room.acquire(UNDER_WAY);
	}

	private static void measure(String name, EventLoopGroup servers, Page page) throws Exception {
		long[] nanos = new long[PAGES];
		AtomicBoolean ended = new AtomicBoolean();
		AtomicLong wait = new AtomicLong();
		Thread prober = new Thread(() -> probe(servers, ended, wait));
		long total = 0;
		for (int i = 0; i < PAGES; i++) {
			if (i == PAGES / 2) {
				prober.start();
			}
			long began = System.nanoTime();
			total = page.get().total();
			nanos[i] = System.nanoTime() - began;
		}
		ended.set(true);
		prober.join();
		long[] warm = Arrays.copyOfRange(nanos, PAGES / 2, PAGES);
		Arrays.sort(warm);
		System.out.println("PAGE %s total=%d firstMicros=%d medianMicros=%d maxMicros=%d loopWaitMicros=%d".formatted(
				name, total, nanos[0] / 1000, warm[warm.length / 2] / 1000, warm[warm.length - 1] / 1000,
				wait.get() / 1000));
	}

	private static void probe(EventLoopGroup servers, AtomicBoolean ended, AtomicLong wait) {
		while (!ended.get()) {
			long began = System.nanoTime();
			servers.next().submit(() -> true).awaitUninterruptibly();
			wait.accumulateAndGet(System.nanoTime() - began, Math::max);
			Thread.onSpinWait();
		}
	}

	/**
	 * Gets a page.
	 */
	@FunctionalInterface
	private interface Page {

		ConnectionsDescriptor get();

	}

}
