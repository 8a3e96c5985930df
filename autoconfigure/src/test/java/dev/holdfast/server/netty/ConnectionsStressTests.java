package dev.holdfast.server.netty;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Threads that join, leave, bind, unbind, send, close and connect at random: for 5 s on
 * 500 connections, or with {@code -Dholdfast.stress=long} for 20 s on 2,000.
 */
@ExtendWith(LeakDetection.class)
class ConnectionsStressTests {

	private static final boolean LONG = "long".equals(System.getProperty("holdfast.stress"));

	private static final int CONNECTIONS = LONG ? 2000 : 500;

	private static final int THREADS = 4;

	private static final int NAMES = 10;

	private static final int PAUSE_AFTER = 20;

	private static final int RECIPIENTS_ONE_IN = LONG ? 3000 : 500;

	private static final long PAUSE_NANOS = 1_000_000;

	private static final Duration DURATION = Duration.ofSeconds(LONG ? 20 : 5);

	private final EchoController controller = new EchoController();

	private final Map<Integer, TestClient> clients = new ConcurrentHashMap<>();

	private final AtomicLong connected = new AtomicLong();

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	@Test
	void countsWhenEverythingChangesAtRandomEqualWhatIsOpen() throws Exception {
		try (TestServer server = TestServer.with(this.controller).closeTimeout(Duration.ofMillis(200)).start()) {
			for (int i = 0; i < CONNECTIONS; i++) {
				connect(server);
			}
			server.awaitOpen(CONNECTIONS);
			run(server);
			assertThat(this.failures).isEmpty();
			await().until(() -> server.statistics().connections().accepted() == this.connected.get());
			await().atMost(Duration.ofSeconds(20)).until(() -> server.active() == server.connections().count());
			assertCounts(server.connections());
			long accepted = server.statistics().connections().accepted();
			server.connections().all().close(CloseReason.KICKED);
			await().atMost(Duration.ofSeconds(20)).until(() -> server.active() == 0);
			assertEmpty(server.connections());
			assertThat(accepted).isGreaterThan(CONNECTIONS);
			assertThat(this.controller.closed).hasSize((int) accepted);
		}
		finally {
			this.clients.values().forEach(ConnectionsStressTests::close);
		}
	}

	private void run(TestServer server) throws Exception {
		long end = System.nanoTime() + DURATION.toNanos();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			threads.add(new Thread(() -> change(server, end)));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private void change(TestServer server, long end) {
		List<SocketConnection> connections = server.connections().all().stream().toList();
		try {
			for (int i = 1; System.nanoTime() < end; i++) {
				if (i % 100 == 0) {
					if (server.connections().count() < CONNECTIONS && hasAccepted(server)) {
						connect(server);
					}
					connections = server.connections().all().stream().toList();
				}
				change(server.connections(), connections.get(random(connections.size())));
				if (i % PAUSE_AFTER == 0) {
					LockSupport.parkNanos(PAUSE_NANOS);
				}
			}
		}
		catch (Throwable ex) {
			this.failures.add(ex);
		}
	}

	private boolean hasAccepted(TestServer server) {
		return server.statistics().connections().accepted() >= this.connected.get();
	}

	private void change(Connections connections, SocketConnection connection) {
		String name = "name-" + random(NAMES);
		if (random(1000) == 0) {
			end(connection);
		}
		else if (random(RECIPIENTS_ONE_IN) == 0) {
			address(connections, connection, name);
		}
		else {
			changeMembership(connection, name);
		}
	}

	private void end(SocketConnection connection) {
		switch (random(3)) {
			case 0 -> connection.close(CloseReason.KICKED);
			case 1 -> clientOf(connection).ifPresent(ConnectionsStressTests::close);
			default -> clientOf(connection).ifPresent(ConnectionsStressTests::reset);
		}
	}

	private void address(Connections connections, SocketConnection connection, String name) {
		switch (random(3)) {
			case 0 -> connections.group(name).except(connection.id()).send("to a group");
			case 1 -> connections.users(List.of(name, "name-0")).except(connection).join(name);
			default -> connections.user(name).leave(name);
		}
	}

	private void changeMembership(SocketConnection connection, String name) {
		switch (random(6)) {
			case 0, 1 -> connection.join(name);
			case 2 -> connection.leave(name);
			case 3 -> connection.bindUser(name);
			case 4 -> connection.unbindUser();
			default -> connection.send(name);
		}
	}

	private static void assertCounts(Connections connections) {
		List<SocketConnection> open = connections.all().stream().toList();
		assertThat(connections.count()).isEqualTo(open.size()).isPositive();
		for (int i = 0; i < NAMES; i++) {
			String name = "name-" + i;
			List<SocketConnection> members = open.stream().filter((c) -> c.groups().contains(name)).toList();
			assertThat(connections.group(name).count()).isEqualTo(members.size()).isPositive();
			assertThat(connections.group(name).stream()).containsExactlyInAnyOrderElementsOf(members);
			List<SocketConnection> bound = open.stream().filter((c) -> c.user().equals(Optional.of(name))).toList();
			assertThat(connections.user(name).count()).isEqualTo(bound.size());
			assertThat(connections.user(name).stream()).containsExactlyInAnyOrderElementsOf(bound);
		}
	}

	private static void assertEmpty(Connections connections) {
		assertThat(connections.count()).isZero();
		assertThat(connections.all().stream()).isEmpty();
		assertThat(connections.users()).isEmpty();
		assertThat(connections.groups()).isEmpty();
	}

	private void connect(TestServer server) throws Exception {
		TestClient client = new TestClient(server.port(), 0);
		this.clients.put(client.port(), client);
		this.connected.incrementAndGet();
	}

	private Optional<TestClient> clientOf(SocketConnection connection) {
		int port = ((InetSocketAddress) connection.remoteAddress()).getPort();
		return Optional.ofNullable(this.clients.get(port));
	}

	private static void close(TestClient client) {
		try {
			client.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void reset(TestClient client) {
		try {
			client.reset();
		}
		catch (Exception ex) {
			close(client);
		}
	}

	private static int random(int bound) {
		return ThreadLocalRandom.current().nextInt(bound);
	}

}
