package dev.holdfast.sample.chat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

/**
 * Rooms and their members: a room is a group, a member is a user. Thread-safe.
 */
@Component
class Rooms {

	private static final String ROOM = "room:";

	private static final String MEMBER = "chat:";

	private static final int LIMIT = 200;

	private final String node = UUID.randomUUID().toString().substring(0, 8);

	private final Connections connections;

	Rooms(Connections connections) {
		this.connections = connections;
	}

	/**
	 * Return a name for this process, which tells apart who is on which node.
	 * @return the name
	 */
	String node() {
		return this.node;
	}

	/**
	 * Return everyone in a room, on any node.
	 * @param room the room
	 * @return the recipients
	 */
	Recipients room(String room) {
		return this.connections.group(ROOM + room);
	}

	/**
	 * Return who is in a room on this node, at most 200 of them.
	 * @param room the room
	 * @return the names in their order
	 */
	List<String> members(String room) {
		return room(room).stream().flatMap((member) -> name(member).stream()).distinct().sorted().limit(LIMIT).toList();
	}

	/**
	 * Whether a member has another connection in a room, on this node.
	 * @param name the name of the member
	 * @param room the room
	 * @return whether there is one
	 */
	boolean isMember(String name, String room) {
		return this.connections.user(MEMBER + name)
			.stream()
			.anyMatch((connection) -> connection.groups().contains(ROOM + room));
	}

	/**
	 * Return the rooms that have members on this node, at most 200 of them.
	 * @return the number of connections by room
	 */
	Map<String, Long> sizes() {
		Map<String, Long> sizes = new TreeMap<>();
		names().limit(LIMIT).forEach((room) -> sizes.put(room, room(room).count()));
		return sizes;
	}

	Stream<String> names() {
		return this.connections.groups()
			.stream()
			.filter((group) -> group.startsWith(ROOM))
			.map((group) -> group.substring(ROOM.length()));
	}

	void enter(SocketConnection connection, String name, String room) {
		connection.bindUser(MEMBER + name);
		connection.join(ROOM + room);
	}

	void leave(SocketConnection connection, String room) {
		connection.leave(ROOM + room);
	}

	/**
	 * Return the name of a member.
	 * @param connection the connection, open or not
	 * @return the name, empty before the first room
	 */
	Optional<String> name(SocketConnection connection) {
		return connection.user().map((user) -> user.substring(MEMBER.length()));
	}

	/**
	 * Return the room of a member.
	 * @param connection the connection, open or not
	 * @return the room, empty before the first
	 */
	Optional<String> roomOf(SocketConnection connection) {
		return connection.groups()
			.stream()
			.filter((group) -> group.startsWith(ROOM))
			.map((group) -> group.substring(ROOM.length()))
			.findFirst();
	}

}
