package dev.holdfast.sample.chat;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.holdfast.sample.chat.ChatEvent.Here;

/**
 * Tells each room every few seconds who of it is on this node. A page that joined on
 * another node learns so who was there before, and forgets a node that tells no more.
 */
@Component
@ConditionalOnBooleanProperty("holdfast.cluster.enabled")
class RoomReports {

	private final Rooms rooms;

	RoomReports(Rooms rooms) {
		this.rooms = rooms;
	}

	@Scheduled(fixedRateString = "${sample.chat.report-interval:3s}")
	void report() {
		this.rooms.names()
			.forEach((room) -> this.rooms.room(room).send(new Here(this.rooms.node(), this.rooms.members(room))));
	}

}
