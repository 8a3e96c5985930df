package dev.holdfast.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

import dev.holdfast.connection.ClusterCount;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a cluster over {@link InMemoryClusterTransport}.
 */
class InMemoryClusterTests extends AbstractClusterTests {

	private final InMemoryBus bus = new InMemoryBus();

	private final List<InMemoryClusterTransport> transports = new ArrayList<>();

	@Override
	protected void connect(GenericApplicationContext context) {
		InMemoryClusterTransport transport = new InMemoryClusterTransport(this.bus);
		this.transports.add(transport);
		context.registerBean(ClusterTransport.class, () -> transport);
	}

	@Override
	protected void closeTransport() {
		this.bus.close();
	}

	@Test
	void nodeWhenCutOffServesItsOwnAndCountsFailures() {
		long failed = node(0).view().statistics().failed();
		this.transports.get(0).cut();
		assertThat(node(0).connections().group("room").send("hello")).isEqualTo(2);
		soon().until(() -> node(0).view().statistics().failed() == failed + 1);
		assertThat(node(0).view().connected()).isFalse();
		assertThat(node(0).view().statistics().disconnects()).isPositive();
		assertThat(this.clients.get(1).get(0).lines()).isEmpty();
		this.transports.get(0).restore();
		flush();
		assertThat(node(0).view().connected()).isTrue();
	}

	@Test
	void nodeWhenSilentIsMissingAndThenForgotten() {
		this.transports.get(2).cut();
		soon().untilAsserted(() -> assertThat(node(0).view().missing()).containsExactly("node-2"));
		assertThat(node(0).view().nodes()).containsOnlyKeys("node-0", "node-1");
		assertCount(0, 4, "node-2");
		assertCount(2, 2, "node-0", "node-1");
		soon().until(() -> node(0).view().missing().isEmpty());
		this.transports.get(2).restore();
		settle();
	}

	private void assertCount(int node, long count, String... missing) {
		soon().untilAsserted(() -> {
			ClusterCount seen = node(node).connections().group("room").clusterCount().block();
			assertThat(seen.count()).isEqualTo(count);
			assertThat(seen.missing()).containsExactlyInAnyOrder(missing);
		});
	}

	@Test
	void presenceWhenForgottenIsAnnouncedAnew() {
		this.bus.clear();
		settle();
		assertThat(this.bus.keys()).contains("test:presence:node-0", "test:presence:node-1", "test:presence:node-2");
	}

	@Test
	void subscriptionsWhenLastMemberLeftEndAfterLinger() throws Exception {
		assertThat(this.bus.channels()).contains("test:user:bob");
		for (List<Audience.Client> clients : this.clients) {
			clients.get(1).close();
		}
		soon().untilAsserted(() -> assertThat(Set.copyOf(this.bus.channels())).containsExactlyInAnyOrder("test:all",
				"test:node:node-0", "test:node:node-1", "test:node:node-2", "test:user:alice", "test:group:room"));
	}

	@Test
	void packetsWhenUnreadableAreCountedAndHarmNobody() {
		this.bus.carry("test:all", new byte[] { 99, 1, 2 });
		this.bus.carry("test:all", new byte[] { 1 });
		this.bus.carry("test:all", new byte[0]);
		byte[] header = new PacketHeader(1, "alien").bytes();
		this.bus.carry("test:all", concatenate(header, new byte[] { 0, 0, 0, 2, 1, 77 }));
		this.bus.carry("test:all", concatenate(header, new byte[] { 0, 0, 0, 2, 99, 77 }));
		this.bus.carry("test:all", concatenate(header, new byte[] { 127, 0, 0, 2, 1, 77 }));
		soon().until(() -> node(0).view().statistics().unreadable() >= 5);
		flush();
	}

	private static byte[] concatenate(byte[] first, byte[] second) {
		byte[] all = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, all, first.length, second.length);
		return all;
	}

}
