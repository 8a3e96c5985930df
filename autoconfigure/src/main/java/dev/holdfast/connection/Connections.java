package dev.holdfast.connection;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * All live connections of an application, to look up and to send to. Thread-safe.
 */
public interface Connections {

	/**
	 * Return all connections.
	 * @return the recipients
	 */
	Recipients all();

	/**
	 * Return the connections of one server.
	 * @param server the name of the server
	 * @return the recipients, none when there is no such server
	 */
	Recipients server(String server);

	/**
	 * Return the connections of one user.
	 * @param user the name of the user
	 * @return the recipients
	 */
	Recipients user(String user);

	/**
	 * Return the connections of several users, each once.
	 * @param users the names of the users
	 * @return the recipients
	 */
	Recipients users(Collection<String> users);

	/**
	 * Return the connections of one group.
	 * @param group the name of the group
	 * @return the recipients
	 */
	Recipients group(String group);

	/**
	 * Return one connection as recipients, of any node.
	 * @param connectionId the id of the connection
	 * @return the recipients
	 */
	Recipients connection(String connectionId);

	/**
	 * Find a connection of this node.
	 * @param connectionId the id of the connection
	 * @return the connection, empty when it is closed or unknown
	 */
	Optional<SocketConnection> find(String connectionId);

	/**
	 * Return how many connections this node has.
	 * @return the exact number
	 */
	long count();

	/**
	 * Return the users that are bound to a connection of this node. The returned set is a
	 * copy and does not reflect further changes.
	 * @return the users
	 */
	Set<String> users();

	/**
	 * Return the groups that have a connection of this node. The returned set is a copy
	 * and does not reflect further changes.
	 * @return the groups
	 */
	Set<String> groups();

}
