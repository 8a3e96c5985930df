package dev.holdfast.connection;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a client asked for when it upgraded to WebSocket. Headers and cookies are readable
 * in {@code @OnHandshake} and {@code @OnOpen}; afterwards path, query and subprotocol
 * remain unless {@code websocket.keep-headers} is set. Thread-safe, but for the
 * attributes while the upgrade is under way.
 */
public interface Handshake {

	/**
	 * Return the decoded path of the request, without its query.
	 * @return the path, beginning with a slash
	 */
	String path();

	/**
	 * Return the raw query of the request.
	 * @return the query without its question mark, or an empty string
	 */
	String query();

	/**
	 * Return the first value of a query parameter.
	 * @param name the decoded name
	 * @return the decoded value or {@code null}
	 */
	@Nullable String queryParameter(String name);

	/**
	 * Return the headers of the request. The returned map ignores the case of names and
	 * does not change.
	 * @return the headers, empty once they were dropped
	 */
	Map<String, List<String>> headers();

	/**
	 * Return the first value of a header.
	 * @param name the name in any case
	 * @return the value or {@code null}
	 */
	@Nullable String header(String name);

	/**
	 * Return the cookies of the request by name. The returned map does not change.
	 * @return the cookies, empty once they were dropped
	 */
	Map<String, String> cookies();

	/**
	 * Return the subprotocols that the client offered, in its order. The returned list
	 * does not change.
	 * @return the offered subprotocols, empty once they were dropped
	 */
	List<String> subprotocols();

	/**
	 * Return the subprotocol that was agreed on.
	 * @return the subprotocol, or {@code null} when there is none or it is not chosen yet
	 */
	@Nullable String subprotocol();

	/**
	 * Return the address of the client, the real one behind a trusted proxy.
	 * @return the address: an empty {@link java.net.UnixDomainSocketAddress path} for a
	 * client of a Unix domain socket, unless a proxy tells the real one
	 */
	SocketAddress remoteAddress();

	/**
	 * Return the attributes that carry over to the connection.
	 * @return a mutable map
	 */
	Map<String, Object> attributes();

}
