package dev.holdfast.sample.world;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.holdfast.sample.SampleTest;
import dev.holdfast.test.LocalSocketPort;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorldHandler} on H2.
 */
@SampleTest
class WorldServerTests {

	@Autowired
	private WorldRepository worlds;

	private final WorldLoad load;

	private final int port;

	WorldServerTests(@LocalSocketPort("world") int port) {
		this.port = port;
		this.load = new WorldLoad(port);
	}

	@Test
	void dbWhenAskedAnswersRowOfTable() {
		World world = this.load.db();
		assertThat(this.worlds.find(world.id())).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(world);
	}

	@Test
	void queriesWhenManyAskAtOnceAnswersRows() throws Exception {
		assertThat(this.load.ask("queries 20", 20)).hasSize(20 * 256);
	}

	@Test
	void updatesWhenManyAskAtOnceStoresWhatItTells() throws Exception {
		List<World> told = this.load.ask("updates 20", 20);
		WorldLoad.assertStored(told, this.worlds);
	}

	@Test
	void messageWhenUnknownTellsWhatToSay() {
		try (SocketTestClient client = SocketTestClient.connect(this.port)) {
			client.send("help");
			client.expect("Say 'db', 'queries N' or 'updates N'");
		}
	}

}
