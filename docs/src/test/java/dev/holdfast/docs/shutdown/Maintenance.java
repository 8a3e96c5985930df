package dev.holdfast.docs.shutdown;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.springframework.stereotype.Component;

import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.SocketServers;

@Component
class Maintenance {

	private final SocketServers servers;

	Maintenance(SocketServers servers) {
		this.servers = servers;
	}

	CompletableFuture<Void> drain(String server) {
		DrainSettings settings = new DrainSettings(Duration.ofSeconds(30), 500, "maintenance");
		return this.servers.get(server).drain(settings);
	}

}
