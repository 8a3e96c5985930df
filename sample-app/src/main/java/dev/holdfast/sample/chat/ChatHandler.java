package dev.holdfast.sample.chat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.validation.Valid;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.InvalidPayloadException;
import dev.holdfast.handler.NoHandlerException;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnError;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.PayloadException;
import dev.holdfast.handler.SocketController;
import dev.holdfast.sample.chat.ChatEvent.Entered;
import dev.holdfast.sample.chat.ChatEvent.Failure;
import dev.holdfast.sample.chat.ChatEvent.Joined;
import dev.holdfast.sample.chat.ChatEvent.Left;
import dev.holdfast.sample.chat.ChatEvent.Message;
import dev.holdfast.sample.chat.ChatEvent.Pong;
import dev.holdfast.sample.chat.ChatEvent.Typing;
import dev.holdfast.sample.chat.ChatRequest.Join;
import dev.holdfast.sample.chat.ChatRequest.Say;

/**
 * Lets people talk in rooms. What is said goes to everyone in the room, on any node.
 */
@SocketController("live")
class ChatHandler {

	private final Rooms rooms;

	ChatHandler(Rooms rooms) {
		this.rooms = rooms;
	}

	@OnMessage("join")
	ChatEvent join(@Valid Join join, SocketConnection connection) {
		leave(connection);
		this.rooms.enter(connection, join.name(), join.room());
		this.rooms.room(join.room()).except(connection).send(new Entered(this.rooms.node(), join.name()));
		return new Joined(this.rooms.node(), join.room(), join.name(), this.rooms.members(join.room()));
	}

	@OnMessage("say")
	void say(@Valid Say say, SocketConnection connection) {
		Message message = new Message(name(connection), say.text(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
		this.rooms.room(room(connection)).send(message);
	}

	@OnMessage("typing")
	void typing(SocketConnection connection) {
		this.rooms.room(room(connection)).except(connection).send(new Typing(name(connection)));
	}

	@OnMessage("rooms")
	ChatEvent rooms() {
		return new ChatEvent.Rooms(this.rooms.sizes());
	}

	@OnMessage("ping")
	ChatEvent ping() {
		return new Pong();
	}

	@OnClose
	void closed(SocketConnection connection) {
		this.rooms.roomOf(connection).ifPresent((room) -> announceLeft(connection, room));
	}

	@OnError({ PayloadException.class, InvalidPayloadException.class, NoHandlerException.class,
			NotInRoomException.class })
	ChatEvent failed(Exception ex) {
		return new Failure(ex.getMessage());
	}

	private void leave(SocketConnection connection) {
		this.rooms.roomOf(connection).ifPresent((room) -> {
			this.rooms.leave(connection, room);
			announceLeft(connection, room);
		});
	}

	private void announceLeft(SocketConnection connection, String room) {
		this.rooms.name(connection)
			.filter((name) -> !this.rooms.isMember(name, room))
			.ifPresent((name) -> this.rooms.room(room).send(new Left(this.rooms.node(), name)));
	}

	private String name(SocketConnection connection) {
		return this.rooms.name(connection).orElseThrow(NotInRoomException::new);
	}

	private String room(SocketConnection connection) {
		return this.rooms.roomOf(connection).orElseThrow(NotInRoomException::new);
	}

	/**
	 * Thrown when somebody speaks before entering a room.
	 */
	static class NotInRoomException extends RuntimeException {

		NotInRoomException() {
			super("Join a room first");
		}

	}

}
