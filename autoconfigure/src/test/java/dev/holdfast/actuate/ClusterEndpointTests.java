package dev.holdfast.actuate;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.holdfast.actuate.SocketConnectionsEndpoint.ConnectionDescriptor;
import dev.holdfast.actuate.SocketConnectionsEndpoint.ConnectionsDescriptor;
import dev.holdfast.cluster.Audience;
import dev.holdfast.cluster.ClusterTransport;
import dev.holdfast.cluster.InMemoryBus;
import dev.holdfast.cluster.InMemoryClusterTransport;
import dev.holdfast.cluster.TestNode;
import dev.holdfast.metrics.ClusterMetrics;
import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints and meters of two nodes with three connections each.
 */
class ClusterEndpointTests {

	private final InMemoryBus bus = new InMemoryBus();

	private final List<InMemoryClusterTransport> transports = new ArrayList<>();

	private final Audience audience = new Audience();

	private final List<TestNode> nodes = new ArrayList<>();

	private SocketConnectionsEndpoint connections;

	ClusterEndpointTests() throws IOException {
	}

	@BeforeEach
	void start() throws IOException {
		for (int i = 0; i < 2; i++) {
			InMemoryClusterTransport transport = new InMemoryClusterTransport(this.bus);
			this.transports.add(transport);
			TestNode node = TestNode.start("node-" + i,
					(context) -> context.registerBean(ClusterTransport.class, () -> transport));
			this.nodes.add(node);
			this.audience.connect(node.port("line"), 3, "user alice", "join room");
		}
		this.connections = new SocketConnectionsEndpoint(this.nodes.get(0).connections(), this.nodes.get(0).cluster());
		Awaitility.await()
			.until(() -> this.nodes.get(0).connections().group("room").clusterCount().block().count() == 6);
	}

	@AfterEach
	void stop() throws IOException {
		this.audience.close();
		this.nodes.forEach(TestNode::close);
		this.bus.close();
	}

	@Test
	void socketsWhenInClusterShowsIt() {
		SocketsEndpoint endpoint = new SocketsEndpoint(this.nodes.get(0).bean(SocketServers.class),
				new DrainSettings(Duration.ZERO, 0, null), null, this.nodes.get(0).cluster());
		Awaitility.await().untilAsserted(() -> {
			ClusterDescriptor cluster = endpoint.servers().cluster();
			assertThat(cluster.nodes()).containsExactly("node-0", "node-1");
			assertThat(cluster.connections()).isEqualTo(6);
			assertThat(cluster.missing()).isEmpty();
			assertThat(cluster.connected()).isTrue();
			assertThat(cluster.asOf()).isNotNull();
			assertThat(cluster.byNode().get("node-1").connections()).isEqualTo(3);
			assertThat(endpoint.servers().total().connections()).isEqualTo(3);
		});
	}

	@Test
	void connectionsWhenOfClusterAreListedPageByPage() {
		assertThat(list(null, 0, 50, false).total()).isEqualTo(3);
		ConnectionsDescriptor all = list("room", 0, 50, true);
		assertThat(all.total()).isEqualTo(6);
		assertThat(all.missing()).isEmpty();
		Set<String> ids = new HashSet<>();
		for (int offset = 0; offset < 6; offset += 2) {
			list(null, offset, 2, true).connections().stream().map(ConnectionDescriptor::id).forEach(ids::add);
		}
		assertThat(ids).hasSize(6).containsExactlyInAnyOrderElementsOf(ids(all));
		assertThat(list("nobody", 0, 50, true).total()).isZero();
		assertThat(all.connections().get(5).user()).isEqualTo("alice");
		assertThat(all.connections().get(5).groups()).containsExactly("room");
	}

	@Test
	void connectionsWhenANodeIsSilentArePartial() {
		this.transports.get(1).cut();
		ConnectionsDescriptor page = list(null, 0, 50, true);
		assertThat(page.total()).isEqualTo(3);
		assertThat(page.connections()).hasSize(3);
		assertThat(page.missing()).containsExactly("node-1");
	}

	@Test
	void connectionWhenOfOtherNodeIsShownAndKicked() {
		String id = ids(list(null, 0, 50, true)).get(4);
		assertThat(id).startsWith("node-1-");
		assertThat(this.connections.connection(id).connection().id()).isEqualTo(id);
		assertThat(this.connections.connection(id).localAddress()).endsWith(":" + this.nodes.get(1).port("line"));
		assertThat(this.connections.kick(id).kicked()).isTrue();
		Awaitility.await().until(() -> this.nodes.get(1).connections().count() == 2);
		assertThat(this.connections.connection(id)).isNull();
		assertThat(this.connections.kick(id).kicked()).isFalse();
		assertThat(this.connections.connection("node-9-0-0-1")).isNull();
		assertThat(this.connections.kick("node-9-0-0-1").kicked()).isFalse();
	}

	@Test
	void metersWhenBoundShowCluster() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		ClusterMetrics metrics = new ClusterMetrics(this.nodes.get(0).cluster());
		metrics.bindTo(registry);
		this.nodes.get(1).connections().group("room").send("hello");
		Awaitility.await().until(() -> registry.get("holdfast.cluster.received").functionCounter().count() == 1);
		assertThat(registry.get("holdfast.cluster.connected").gauge().value()).isOne();
		assertThat(registry.get("holdfast.cluster.nodes").gauge().value()).isEqualTo(2);
		assertThat(registry.get("holdfast.cluster.subscriptions").gauge().value()).isEqualTo(2);
		this.transports.get(0).cut();
		this.nodes.get(0).connections().group("room").send("hello");
		Awaitility.await().until(() -> registry.get("holdfast.cluster.failed").functionCounter().count() == 1);
		assertThat(registry.get("holdfast.cluster.connected").gauge().value()).isZero();
		assertThat(registry.get("holdfast.cluster.disconnects").functionCounter().count()).isOne();
	}

	private ConnectionsDescriptor list(String group, int offset, int limit, boolean cluster) {
		return this.connections.connections(null, null, group, null, offset, limit, cluster);
	}

	private static List<String> ids(ConnectionsDescriptor page) {
		return page.connections().stream().map(ConnectionDescriptor::id).toList();
	}

}
