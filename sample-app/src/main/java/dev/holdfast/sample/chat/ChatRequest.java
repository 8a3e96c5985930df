package dev.holdfast.sample.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * What the page says. The route of a message, its field {@code type}, chooses the record.
 */
interface ChatRequest {

	/**
	 * Somebody enters a room, and leaves the one before.
	 *
	 * @param name the name to be known by
	 * @param room the room
	 */
	record Join(@NotBlank @Size(max = 32) String name, @NotBlank @Size(max = 32) String room) {

		public Join {
			name = (name != null) ? name.strip() : "";
			room = (room != null) ? room.strip() : "";
		}

	}

	/**
	 * Somebody says something.
	 *
	 * @param text what is said
	 */
	record Say(@NotBlank @Size(max = 2000) String text) {

	}

}
