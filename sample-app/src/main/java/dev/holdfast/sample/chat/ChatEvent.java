package dev.holdfast.sample.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What the page is told. The field {@code type} comes first.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface ChatEvent {

	/**
	 * You are in a room.
	 *
	 * @param node the node that you are connected to
	 * @param room the room
	 * @param name the name that you are known by
	 * @param members who is there, on this node
	 */
	@JsonTypeName("joined")
	record Joined(String node, String room, String name, List<String> members) implements ChatEvent {

	}

	/**
	 * Somebody came.
	 *
	 * @param node the node of that member
	 * @param name the name of the member
	 */
	@JsonTypeName("entered")
	record Entered(String node, String name) implements ChatEvent {

	}

	/**
	 * Somebody went.
	 *
	 * @param node the node of that member
	 * @param name the name of the member
	 */
	@JsonTypeName("left")
	record Left(String node, String name) implements ChatEvent {

	}

	/**
	 * Who is in the room on one node, told again and again while there are several.
	 *
	 * @param node the node
	 * @param members their names
	 */
	@JsonTypeName("here")
	record Here(String node, List<String> members) implements ChatEvent {

	}

	/**
	 * Somebody said something.
	 *
	 * @param from the name of the member
	 * @param text what was said
	 * @param at when
	 */
	@JsonTypeName("message")
	record Message(String from, String text, Instant at) implements ChatEvent {

	}

	/**
	 * Somebody is typing.
	 *
	 * @param name the name of the member
	 */
	@JsonTypeName("typing")
	record Typing(String name) implements ChatEvent {

	}

	/**
	 * The rooms that have members on this node.
	 *
	 * @param rooms the number of members by room
	 */
	@JsonTypeName("rooms")
	record Rooms(Map<String, Long> rooms) implements ChatEvent {

	}

	/**
	 * The answer to a ping.
	 */
	@JsonTypeName("pong")
	record Pong() implements ChatEvent {

	}

	/**
	 * A message was refused.
	 *
	 * @param message why
	 */
	@JsonTypeName("error")
	record Failure(String message) implements ChatEvent {

	}

}
