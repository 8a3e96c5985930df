package dev.holdfast.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.util.Assert;

import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * {@link InfoContributor} that tells under {@code sockets} which servers there are and
 * how they are set up. Thread-safe.
 */
public final class SocketsInfoContributor implements InfoContributor {

	private final SocketServers servers;

	/**
	 * Create a new {@link SocketsInfoContributor}.
	 * @param servers the servers
	 */
	public SocketsInfoContributor(SocketServers servers) {
		Assert.notNull(servers, "'servers' must not be null");
		this.servers = servers;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, ServerInfo> infos = new LinkedHashMap<>();
		this.servers.forEach((server) -> infos.put(server.name(), ServerInfo.of(server)));
		builder.withDetail("sockets", infos);
	}

	/**
	 * How one server is set up. Immutable.
	 *
	 * @param address the address that it listens on; while it does not listen, the last
	 * one, and before the first time the one that was configured
	 * @param transport the name of the transport
	 * @param framing the name of the framing
	 * @param io the mechanism by which it moves bytes
	 * @param tls whether connections are encrypted
	 */
	public record ServerInfo(String address, String transport, String framing, String io, boolean tls) {

		private static ServerInfo of(SocketServer server) {
			return new ServerInfo(ServerAddress.describe(server), server.definition().protocol().transport(),
					server.definition().protocol().framingName(), server.io(), server.tls());
		}

	}

}
