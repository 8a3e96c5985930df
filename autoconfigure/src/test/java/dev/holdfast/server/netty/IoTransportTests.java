package dev.holdfast.server.netty;

import java.util.List;
import java.util.stream.IntStream;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.uring.IoUring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.IoMechanism;
import dev.holdfast.server.IoUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for {@link IoTransport}.
 */
class IoTransportTests {

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO", "IO_URING" })
	void messagesWhenMechanismIsAskedForAreAnsweredInOrder(IoMechanism io) throws Exception {
		assumeAvailable(io);
		try (TestServer server = TestServer.with(new EchoController()).io(io).start()) {
			assertThat(server.server().io()).isEqualTo(io.id());
			TestClient client = server.connect();
			List<String> lines = IntStream.range(0, 5000).mapToObj((i) -> "line " + i).toList();
			client.send(String.join("\n", lines) + "\n");
			assertThat(client.lines(5000)).isEqualTo(lines);
			client.send("last\n").shutdownOutput();
			assertThat(client.readText()).isEqualTo("last\n");
			server.awaitClosed(CloseReason.CLIENT);
		}
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO", "IO_URING" })
	void framesWhenUpgradedAreAnswered(IoMechanism io) throws Exception {
		assumeAvailable(io);
		try (TestServer server = TestServer.with(new EchoController())
			.io(io)
			.webSocket(new WebSocketOptionsBuilder().build())
			.start()) {
			WebSocketClient client = WebSocketClient.upgrade(server);
			assertThat(client.text("hello").receiveText()).isEqualTo("hello");
			server.onlyConnection().close(CloseReason.KICKED);
			assertThat(client.receiveClose()).isEqualTo(1008);
		}
	}

	private static void assumeAvailable(IoMechanism io) {
		assumeTrue(io != IoMechanism.EPOLL || Epoll.isAvailable(), "epoll is not available");
		assumeTrue(io != IoMechanism.IO_URING || IoUring.isAvailable(), "io_uring is not available");
	}

	@Test
	void ofWhenAutoIsNativeButNeverIoUring() {
		IoTransport expected = Epoll.isAvailable() ? IoTransport.EPOLL
				: KQueue.isAvailable() ? IoTransport.KQUEUE : IoTransport.NIO;
		assertThat(IoTransport.of(IoMechanism.AUTO)).isEqualTo(expected);
	}

	@Test
	void ofWhenMechanismIsOfAnotherPlatformThrowsException() {
		assumeFalse(KQueue.isAvailable(), "kqueue is available");
		assertThatExceptionOfType(IoUnavailableException.class).isThrownBy(() -> IoTransport.of(IoMechanism.KQUEUE))
			.satisfies((ex) -> {
				assertThat(ex.io()).isEqualTo(IoMechanism.KQUEUE);
				assertThat(ex.reason()).isNotEmpty();
				assertThat(ex.cure()).contains("netty-transport-native-kqueue");
			});
	}

	@Test
	void optionsWhenMechanismHasThemAreThree() {
		assertThat(IoTransport.NIO.keepAlive()).hasSize(3);
		assertThat(IoTransport.EPOLL.keepAlive()).hasSize(3);
		assertThat(IoTransport.NIO.userTimeout()).isNull();
	}

}
