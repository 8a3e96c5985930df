package dev.holdfast.server.netty;

import java.io.IOException;
import java.time.Duration;

import dev.holdfast.connection.CloseReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that come in large numbers and do not finish what they begin.
 */
final class Crowd {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(5);

	private final TestServer server;

	private final ConnectionLoad load;

	private final Bystander bystander;

	private final byte[] bytes;

	/**
	 * Create a new {@link Crowd}.
	 * @param server the server that it comes to
	 * @param load its process
	 * @param bystander the client beside it
	 * @param bytes what each second of its clients sends
	 */
	Crowd(TestServer server, ConnectionLoad load, Bystander bystander, byte[] bytes) {
		this.server = server;
		this.load = load;
		this.bystander = bystander;
		this.bytes = bytes;
	}

	/**
	 * Come in, leave all at the same moment, and wait until the server has noticed.
	 * @param count how many clients come
	 * @param coming the phase for the client beside them while they come
	 * @param leaving its phase while they leave
	 */
	void comeAndGo(int count, Bystander.Phase coming, Bystander.Phase leaving) throws IOException {
		this.bystander.enter(coming);
		come(count);
		this.bystander.enter(leaving);
		this.load.closeAll();
		await().atMost(PATIENCE).pollInterval(POLL).until(() -> this.server.active() == this.bystander.kept());
	}

	/**
	 * Come in and wait until the server has ended those for whom it waits in vain.
	 * @param count how many clients come
	 * @param ending how many of them are ended
	 * @param reason the reason for which they are ended
	 */
	void neverFinish(int count, int ending, CloseReason reason) throws IOException {
		long closed = this.server.closed(reason);
		this.bystander.enter(Bystander.Phase.OPENING);
		come(count);
		this.bystander.enter(Bystander.Phase.HELD);
		await().atMost(PATIENCE).until(() -> this.server.closed(reason) > closed);
		this.bystander.enter(Bystander.Phase.ENDING);
		await().atMost(PATIENCE).until(() -> this.server.closed(reason) == closed + ending);
		assertThat(this.server.statistics().connections().peak()).isGreaterThanOrEqualTo(count / 2);
		this.load.closeAll();
	}

	private void come(int count) throws IOException {
		long accepted = this.server.statistics().connections().accepted();
		this.load.open(count);
		this.load.send(this.bytes);
		await().atMost(PATIENCE).until(() -> this.server.statistics().connections().accepted() > accepted + count);
	}

}
