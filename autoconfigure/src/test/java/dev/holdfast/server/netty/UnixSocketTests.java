package dev.holdfast.server.netty;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.server.IoMechanism;
import dev.holdfast.server.ProxyProtocol;
import dev.holdfast.server.ServerBindException;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for servers on a Unix domain socket.
 */
class UnixSocketTests {

	@TempDir
	private Path directory;

	private TestServer server;

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	private Path path() {
		return this.directory.resolve("test.sock");
	}

	private TestServer.Builder builder(IoMechanism io) {
		return builder(io, new EchoController());
	}

	private TestServer.Builder builder(IoMechanism io, Object controller) {
		assumeTrue(io != IoMechanism.EPOLL || Epoll.isAvailable(), "epoll is not available");
		return TestServer.with(controller).io(io).unixSocket(path());
	}

	private TestServer.Builder builder() {
		return TestServer.with(new EchoController()).unixSocket(path());
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO" })
	void connectWhenOnSocketIsServed(IoMechanism io) throws Exception {
		this.server = builder(io).start();
		assertThat(this.server.server().address()).isEqualTo(UnixDomainSocketAddress.of(path()));
		assertThat(this.server.server().io()).isEqualTo(io.id());
		try (SocketTestClient client = SocketTestClient.connect(path())) {
			client.send("hello");
			client.expect("hello");
			SocketConnection connection = this.server.onlyConnection();
			assertThat(connection.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
			assertThat(connection.localAddress()).isEqualTo(UnixDomainSocketAddress.of(path()));
		}
		this.server.awaitClosed(CloseReason.CLIENT);
		assertThat(this.server.server().isAccepting()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO" })
	void stopWhenOnSocketSaysGoodbyeAndRemovesFile(IoMechanism io) throws Exception {
		this.server = builder(io).start();
		try (SocketTestClient client = SocketTestClient.connect(path())) {
			this.server.awaitOpen(1);
			this.server.connections().all().send("goodbye");
			this.server.server().stop();
			client.expect("goodbye");
			client.expectClosed();
		}
		assertThat(path()).doesNotExist();
		this.server.start();
		try (SocketTestClient client = SocketTestClient.connect(path())) {
			client.send("again");
			client.expect("again");
		}
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO" })
	void startWhenFileIsStaleReplacesIt(IoMechanism io) throws Exception {
		try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			dead.bind(UnixDomainSocketAddress.of(path()));
		}
		assertThat(path()).exists();
		this.server = builder(io).start();
		try (SocketTestClient client = SocketTestClient.connect(path())) {
			client.send("hello");
			client.expect("hello");
		}
	}

	@Test
	void startWhenFileIsServedFailsAndLeavesIt() throws Exception {
		this.server = builder().start();
		try (TestServer second = builder().build(0)) {
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(second::start)
				.withMessageContaining("Address already in use");
		}
		try (SocketTestClient client = SocketTestClient.connect(path())) {
			client.send("hello");
			client.expect("hello");
		}
		await().untilAsserted(() -> assertThat(this.server.statistics().connections().active()).isZero());
	}

	@Test
	void startWhenFileIsNoSocketFailsAndLeavesIt() throws Exception {
		Files.writeString(path(), "precious");
		try (TestServer second = builder().build(0)) {
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(second::start)
				.withMessageContaining("the file is no socket");
		}
		assertThat(path()).hasContent("precious");
	}

	@Test
	void startWhenFileIsLinkFailsAndLeavesIt() throws Exception {
		Path target = Files.writeString(this.directory.resolve("target"), "precious");
		Files.createSymbolicLink(path(), target);
		try (TestServer second = builder().build(0)) {
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(second::start);
		}
		assertThat(path()).isSymbolicLink();
		assertThat(target).hasContent("precious");
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO" })
	void startWhenPermissionsAreSetGivesThemToFile(IoMechanism io) throws Exception {
		this.server = builder(io)
			.unixSocket(path(), PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
					PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE)
			.start();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path()))).isEqualTo("rw-rw----");
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO" })
	void pauseWhenOnSocketRemovesFileUntilResumed(IoMechanism io) throws Exception {
		this.server = builder(io).start();
		try (SocketTestClient client = SocketTestClient.connect(path())) {
			client.send("one");
			client.expect("one");
			this.server.server().pause();
			assertThat(path()).doesNotExist();
			client.send("two");
			client.expect("two");
			this.server.server().resume();
			try (SocketTestClient second = SocketTestClient.connect(path())) {
				second.send("three");
				second.expect("three");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO" })
	void shutdownOutputWhenAnswerIsLateStillSendsIt(IoMechanism io) throws Exception {
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.server = builder(io, new LateController(answer)).start();
		try (SocketTestClient client = SocketTestClient.connect(path())) {
			client.send("last");
			client.shutdownOutput();
			SocketConnection connection = this.server.onlyConnection();
			await().until(() -> ((NettyConnection) connection).hasInputEnded());
			answer.complete("late");
			client.expect("late");
			client.expectClosed();
		}
		this.server.awaitClosed(CloseReason.CLIENT);
	}

	@Test
	void startWhenMovedByIoUringFails() throws Exception {
		assumeTrue(IoUring.isAvailable(), "io_uring is not available");
		try (TestServer uring = builder().io(IoMechanism.IO_URING).build(0)) {
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(uring::start)
				.withMessageContaining("Unix domain sockets need another 'holdfast.io'");
		}
	}

	@Test
	void connectWhenAddressesAreLimitedCountsNone() throws Exception {
		this.server = builder().maxConnectionsPerAddress(1).denied("0.0.0.0/0").start();
		try (SocketTestClient one = SocketTestClient.connect(path());
				SocketTestClient two = SocketTestClient.connect(path())) {
			one.send("one");
			one.expect("one");
			two.send("two");
			two.expect("two");
		}
	}

	@Test
	void connectWhenServerIsFullIsRefused() throws Exception {
		this.server = builder().maxConnections(1).start();
		try (RecordedLog log = RecordedLog.of(NettySocketServer.class);
				SocketTestClient one = SocketTestClient.connect(path())) {
			one.send("one");
			one.expect("one");
			try (SocketTestClient two = SocketTestClient.connect(path())) {
				two.expectClosed();
			}
			await().until(() -> this.server.statistics()
				.connections()
				.refused()
				.equals(Map.of(CloseReason.LIMIT_REACHED, 1L)));
			assertThat(log.lines()).containsExactly(
					"Server 'test' refused 1 connections, the last from unix:: " + CloseReason.LIMIT_REACHED);
		}
	}

	@Test
	void connectWhenLoggedHasAddress() throws Exception {
		try (RecordedLog log = RecordedLog.of(ConnectionLog.class)) {
			this.server = builder().listener(new ConnectionLog()).start();
			try (SocketTestClient client = SocketTestClient.connect(path())) {
				client.send("hello");
				client.expect("hello");
			}
			this.server.awaitClosed(CloseReason.CLIENT);
			await().until(() -> log.lines().size() == 2);
			assertThat(log.lines().get(0)).endsWith(" of server 'test' opened from unix:");
			assertThat(log.lines().get(1)).contains(" from unix: closed: CLIENT ");
		}
	}

	@Test
	void headerOfProxyWhenOnSocketTellsTheClient() throws Exception {
		this.server = builder().proxy(new ProxyProtocol(true, List.of())).start();
		try (SocketTestClient client = SocketTestClient.connect(path())) {
			client.sendRaw("PROXY TCP4 192.0.2.7 127.0.0.1 4711 9000\r\nhi\n".getBytes());
			client.expect("hi");
			assertThat(this.server.onlyConnection().remoteAddress()).hasToString("/192.0.2.7:4711");
		}
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO" })
	void upgradeWhenOnSocketIsServedAndForwarded(IoMechanism io) throws Exception {
		this.server = builder(io).webSocket(new WebSocketOptionsBuilder().forwardedFrom("10.0.0.0/8").build()).start();
		try (SocketTestClient client = SocketTestClient.to(path())
			.webSocket("/live")
			.header("X-Forwarded-For", "192.0.2.9")
			.connect()) {
			client.send("hello");
			client.expect("hello");
			assertThat(this.server.onlyConnection().remoteAddress()).hasToString("/192.0.2.9:0");
			this.server.onlyConnection().close(CloseReason.KICKED);
			assertThat(client.closeCode()).isEqualTo(1008);
		}
		this.server.awaitClosed(CloseReason.KICKED);
	}

	@Test
	void upgradeWhenNothingIsForwardedHasNoAddress() throws Exception {
		this.server = builder().webSocket(new WebSocketOptionsBuilder().build()).maxConnectionsPerAddress(1).start();
		try (SocketTestClient client = SocketTestClient.to(path())
			.webSocket("/live")
			.header("X-Forwarded-For", "192.0.2.9")
			.connect()) {
			client.send("hello");
			client.expect("hello");
			assertThat(this.server.onlyConnection().handshake().orElseThrow().remoteAddress())
				.isEqualTo(UnixDomainSocketAddress.of(""));
		}
	}

	@SocketController
	static class LateController {

		private final CompletableFuture<String> answer;

		LateController(CompletableFuture<String> answer) {
			this.answer = answer;
		}

		@OnMessage
		CompletableFuture<String> answer(String message) {
			return this.answer;
		}

	}

}
