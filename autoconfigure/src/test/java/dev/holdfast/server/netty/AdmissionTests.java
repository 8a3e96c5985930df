package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.limit.AdmissionLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who is let in, how fast, and who is turned away.
 */
@ExtendWith(LeakDetection.class)
class AdmissionTests {

	private final EchoController controller = new EchoController();

	private final Refusals refusals = new Refusals();

	private final RecordedLog log = RecordedLog.of(NettySocketServer.class);

	private final List<SocketChannel> channels = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		this.log.close();
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
	}

	@Test
	void addressWhenItOpensThousandHoldsTen() throws Exception {
		try (TestServer server = TestServer.with(this.controller)
			.listener(this.refusals)
			.maxConnectionsPerAddress(10)
			.start()) {
			open(server, "127.0.0.1", 1000);
			await().until(() -> refused(server) == 990);
			assertThat(server.active()).isEqualTo(10);
			assertThat(server.connections().count()).isEqualTo(10);
			assertThat(server.statistics().connections().peak()).isEqualTo(10);
			assertThat(this.refusals.addresses).hasSize(990);
			open(server, "127.0.0.2", 1);
			server.awaitOpen(11);
			assertThat(this.channels.get(1000).write(ByteBuffer.wrap(new byte[] { 'x', '\n' }))).isEqualTo(2);
			assertThat(this.channels.get(1000).read(ByteBuffer.allocate(2))).isPositive();
		}
	}

	@Test
	void addressWhenSomeLeaveLetsAsManyIn() throws Exception {
		try (TestServer server = TestServer.with(this.controller).maxConnectionsPerAddress(10).start()) {
			open(server, "127.0.0.1", 10);
			server.awaitOpen(10);
			open(server, "127.0.0.1", 5);
			await().until(() -> refused(server) == 5);
			for (int i = 0; i < 3; i++) {
				this.channels.get(i).close();
			}
			await().until(() -> server.active() == 7);
			open(server, "127.0.0.1", 4);
			await().until(() -> refused(server) == 6);
			assertThat(server.active()).isEqualTo(10);
		}
	}

	@Test
	void addressesWhenAllLeftHaveNoEntries() throws Exception {
		AddressAdmission admission = new AddressAdmission(new AdmissionLimits(0, 2, 0, List.of()));
		InetAddress one = InetAddress.getByName("192.0.2.1");
		InetAddress other = InetAddress.getByName("2001:db8::1");
		assertThat(List.of(admission.enter(one), admission.enter(one), admission.enter(one), admission.enter(one)))
			.containsExactly(true, true, false, false);
		assertThat(admission.enter(other)).isTrue();
		assertThat(admission.addresses()).isEqualTo(2);
		admission.leave(one);
		assertThat(admission.enter(one)).isTrue();
		admission.leave(one);
		admission.leave(one);
		admission.leave(other);
		assertThat(admission.addresses()).isZero();
	}

	@Test
	void addressesWhenManyThreadsEnterAndLeaveNeverExceedLimit() throws Exception {
		AddressAdmission admission = new AddressAdmission(new AdmissionLimits(0, 3, 0, List.of()));
		Admission entered = new Admission(0);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			threads.add(new Thread(() -> enterAndLeave(admission, entered)));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(entered.peak()).isBetween(1L, 3L);
		assertThat(admission.addresses()).isZero();
	}

	private static void enterAndLeave(AddressAdmission admission, Admission entered) {
		InetAddress address = InetAddress.getLoopbackAddress();
		for (int i = 0; i < 100_000; i++) {
			if (admission.enter(address)) {
				entered.enter();
				entered.leave();
				admission.leave(address);
			}
		}
	}

	@Test
	void networkWhenDeniedIsRefusedAndOthersAreNot() throws Exception {
		try (TestServer server = TestServer.with(this.controller)
			.listener(this.refusals)
			.denied("127.0.0.8/29", "127.0.0.3", "::1")
			.start()) {
			for (String source : List.of("127.0.0.8", "127.0.0.15", "127.0.0.3", "127.0.0.7", "127.0.0.16")) {
				open(server, source, 1);
			}
			await().until(() -> refused(server) == 3);
			server.awaitOpen(2);
			assertThat(this.refusals.hosts()).containsExactlyInAnyOrder("127.0.0.8", "127.0.0.15", "127.0.0.3");
			assertThat(this.channels.get(0).read(ByteBuffer.allocate(1))).isEqualTo(-1);
			assertThat(this.controller.closed).isEmpty();
		}
	}

	@Test
	void refusalsWhenManyAreLoggedAtMostOnceSecond() throws Exception {
		try (TestServer server = TestServer.with(this.controller)
			.listener(new FailingListener())
			.listener(this.refusals)
			.denied("127.0.0.3")
			.start()) {
			open(server, "127.0.0.3", 50);
			await().until(() -> refused(server) == 50);
			assertThat(refusalLines()).hasSize(1);
			await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
			open(server, "127.0.0.3", 1);
			await().untilAsserted(() -> assertThat(refusalLines()).hasSize(2));
			assertThat(refusalLines()).allMatch((line) -> line.contains(" connections, the last from 127.0.0.3:"))
				.allMatch((line) -> line.endsWith("LIMIT_REACHED"));
			assertThat(refusalLines().stream().mapToInt(AdmissionTests::refusals).sum()).isEqualTo(51);
			assertThat(this.refusals.reasons).hasSize(51).containsOnly("test LIMIT_REACHED");
		}
	}

	@Test
	void acceptWhenRateIsLimitedDelaysAndRefusesNone() throws Exception {
		try (TestServer server = TestServer.with(this.controller).acceptRate(20).start()) {
			long began = System.nanoTime();
			open(server, "127.0.0.1", 31);
			await().pollInterval(Duration.ofMillis(20)).until(() -> server.connections().count() == 31);
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(1450),
					Duration.ofMillis(2300));
			assertThat(refused(server)).isZero();
		}
	}

	private static int refusals(String line) {
		return Integer.parseInt(line.replaceAll(".* refused (\\d+) .*", "$1"));
	}

	private List<String> refusalLines() {
		return this.log.lines().stream().filter((line) -> line.contains("' refused ")).toList();
	}

	private void open(TestServer server, String source, int count) throws Exception {
		for (int i = 0; i < count; i++) {
			SocketChannel channel = SocketChannel.open();
			this.channels.add(channel);
			channel.bind(new InetSocketAddress(source, 0));
			channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
		}
	}

	private static long refused(TestServer server) {
		return server.statistics().connections().refused().getOrDefault(CloseReason.LIMIT_REACHED, 0L);
	}

	static class FailingListener implements ConnectionListener {

		@Override
		public void refused(String server, SocketAddress remoteAddress, CloseReason reason) {
			throw new IllegalStateException("This listener always fails");
		}

	}

	static class Refusals implements ConnectionListener {

		final Queue<SocketAddress> addresses = new ConcurrentLinkedQueue<>();

		final Queue<String> reasons = new ConcurrentLinkedQueue<>();

		@Override
		public void refused(String server, SocketAddress remoteAddress, CloseReason reason) {
			this.addresses.add(remoteAddress);
			this.reasons.add(server + " " + reason);
		}

		List<String> hosts() {
			return this.addresses.stream()
				.map((address) -> ((InetSocketAddress) address).getAddress().getHostAddress())
				.toList();
		}

	}

}
