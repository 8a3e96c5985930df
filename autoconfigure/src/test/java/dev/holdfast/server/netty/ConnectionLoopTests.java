package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of {@link ConnectionLoop} and {@link ConnectionSet}.
 */
class ConnectionLoopTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ConnectionLoop loop = new ConnectionLoop(this.channel.eventLoop(), 3, "my-node");

	private final TestServer server = TestServer.with(new EchoController()).build(0);

	private final ServerLoop home = new ServerLoop(this.loop, (NettySocketServer) this.server.server());

	@AfterEach
	void close() throws Exception {
		this.channel.finishAndReleaseAll();
		this.server.close();
	}

	@Test
	void registerWhenTableIsFullGrowsAndFindsAll() {
		List<FramedConnection> connections = register(1000);
		Set<String> ids = connections.stream().map(FramedConnection::id).collect(Collectors.toSet());
		assertThat(ids).hasSize(1000).contains("my-node-3-999-1");
		for (int slot = 0; slot < 1000; slot++) {
			assertThat(this.loop.find(slot, 1)).isSameAs(connections.get(slot));
		}
		assertThat(all()).containsExactlyElementsOf(connections);
	}

	@Test
	void registerWhenSlotIsFreeReusesItWithAnotherGeneration() {
		List<FramedConnection> connections = register(3);
		this.loop.unregister(connections.get(1));
		assertThat(this.loop.find(1, 1)).isNull();
		FramedConnection next = register(1).get(0);
		assertThat(next.id()).isEqualTo("my-node-3-1-2");
		assertThat(this.loop.find(1, 1)).isNull();
		assertThat(this.loop.find(1, 2)).isSameAs(next);
		assertThat(all()).containsExactly(connections.get(0), next, connections.get(2));
	}

	@Test
	void registerWhenAllWereFreedDoesNotGrow() {
		List<FramedConnection> first = register(500);
		first.forEach(this.loop::unregister);
		assertThat(all()).isEmpty();
		List<FramedConnection> next = register(500);
		assertThat(next).allMatch((connection) -> connection.id().endsWith("-2"));
		assertThat(this.loop.find(500, 1)).isNull();
	}

	@Test
	void walkWhenSkippingPassesByFreeSlotsAndOtherLoops() {
		List<FramedConnection> connections = register(6);
		this.loop.unregister(connections.get(1));
		this.loop.unregister(connections.get(3));
		ConnectionLoop empty = new ConnectionLoop(this.channel.eventLoop(), 4, "my-node");
		assertThat(walk(empty, null, 2)).containsExactly(connections.get(4), connections.get(5));
		assertThat(walk(empty, null, 4)).isEmpty();
		assertThat(walk(empty, this.home.name, 3)).containsExactly(connections.get(5));
		assertThat(walk(empty, "other", 0)).isEmpty();
	}

	private List<NettyConnection> walk(ConnectionLoop other, @Nullable String server, long offset) {
		List<NettyConnection> rest = new ArrayList<>();
		new ConnectionWalk(List.of(other, this.loop, other), server).skip(offset).forEachRemaining(rest::add);
		return rest;
	}

	@Test
	void findWhenSlotIsOutOfRangeFindsNothing() {
		register(1);
		assertThat(this.loop.find(-1, 1)).isNull();
		assertThat(this.loop.find(64, 1)).isNull();
		assertThat(this.loop.find(0, 0)).isNull();
	}

	@Test
	void setWhenAddedAndRemovedAtRandomHoldsWhatIsLeft() {
		List<FramedConnection> connections = register(300);
		ConnectionSet set = new ConnectionSet();
		List<NettyConnection> expected = new ArrayList<>();
		Random random = new Random(7);
		for (int i = 0; i < 20_000; i++) {
			FramedConnection connection = connections.get(random.nextInt((i < 10_000) ? 300 : 20));
			if (random.nextBoolean()) {
				assertThat(set.add(connection)).isEqualTo(!expected.contains(connection));
				expected.remove(connection);
				expected.add(connection);
			}
			else {
				assertThat(set.remove(connection)).isEqualTo(expected.remove(connection));
			}
			assertThat(set.size()).isEqualTo(expected.size());
		}
		assertThat(set.toArray()).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void setWhenSlotsCollideKeepsAll() {
		List<FramedConnection> connections = register(1024).stream()
			.filter((connection) -> connection.spread() % 64 == 5)
			.toList();
		ConnectionSet set = new ConnectionSet();
		connections.forEach(set::add);
		for (int i = 0; i < connections.size(); i += 2) {
			assertThat(set.remove(connections.get(i))).isTrue();
		}
		assertThat(set.toArray()).hasSize(connections.size() / 2).doesNotContain(connections.get(0));
		for (int i = 1; i < connections.size(); i += 2) {
			assertThat(set.remove(connections.get(i))).isTrue();
		}
		assertThat(set.size()).isZero();
	}

	private List<FramedConnection> register(int count) {
		return IntStream.range(0, count).mapToObj((i) -> {
			FramedConnection connection = new FramedConnection(this.channel, this.home);
			this.loop.register(connection);
			return connection;
		}).toList();
	}

	private List<NettyConnection> all() {
		List<NettyConnection> all = new ArrayList<>();
		new ConnectionWalk(List.of(this.loop), null).forEachRemaining(all::add);
		return all;
	}

}
