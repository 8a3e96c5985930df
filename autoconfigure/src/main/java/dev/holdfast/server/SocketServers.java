package dev.holdfast.server;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The servers of an application by name, in the order of the configuration. Immutable.
 */
public final class SocketServers implements Iterable<SocketServer> {

	private final Map<String, SocketServer> servers = new LinkedHashMap<>();

	/**
	 * Create new {@link SocketServers}.
	 * @param servers the servers
	 */
	public SocketServers(Collection<? extends SocketServer> servers) {
		servers.forEach((server) -> this.servers.put(server.name(), server));
	}

	/**
	 * Return a server.
	 * @param name the name of the server
	 * @return the server or {@code null}
	 */
	public @Nullable SocketServer get(String name) {
		return this.servers.get(name);
	}

	@Override
	public Iterator<SocketServer> iterator() {
		return this.servers.values().iterator();
	}

}
