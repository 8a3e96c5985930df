package dev.holdfast.sample.cluster;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import dev.holdfast.sample.SampleApplication;
import dev.holdfast.test.SocketTestClient;

/**
 * The whole application as one node of a cluster, with all servers on free ports.
 * Thread-safe.
 *
 * @param context the context of the application
 */
record SampleNode(ConfigurableApplicationContext context) implements AutoCloseable {

	static SampleNode start(String id, int redisPort) {
		return new SampleNode(new SpringApplicationBuilder(SampleApplication.class).profiles("cluster")
			.run("--server.port=0", "--holdfast.servers.echo.port=0", "--holdfast.servers.frames.port=0",
					"--holdfast.servers.live.port=0", "--holdfast.servers.devices.port=0",
					"--holdfast.servers.world.port=0", "--holdfast.cluster.node-id=" + id,
					"--spring.data.redis.port=" + redisPort, "--spring.r2dbc.url=r2dbc:h2:mem:///" + id,
					"--sample.chat.report-interval=200ms", "--sample.devices.offline-delay=1s"));
	}

	SocketTestClient device(String name, String site) {
		SocketTestClient client = SocketTestClient.connect(port("holdfast.devices"));
		client.send("{\"type\":\"login\",\"device\":\"%s\",\"token\":\"demo\",\"site\":\"%s\"}".formatted(name, site));
		client.expect("{\"type\":\"welcome\",\"device\":\"%s\",\"site\":\"%s\"}".formatted(name, site));
		return client;
	}

	SocketTestClient member(String name, String room) {
		SocketTestClient client = SocketTestClient.to(port("holdfast.live")).webSocket("/live").connect();
		client.send("{\"type\":\"join\",\"name\":\"%s\",\"room\":\"%s\"}".formatted(name, room));
		return client;
	}

	RestClient http() {
		return RestClient.builder()
			.baseUrl("http://localhost:" + port("server"))
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	private int port(String server) {
		return this.context.getEnvironment().getRequiredProperty("local." + server + ".port", Integer.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
