package dev.holdfast.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What a frame between nodes is about. Immutable.
 */
enum FrameType {

	/**
	 * Send a message to recipients.
	 */
	SEND(1),

	/**
	 * Add recipients to a group.
	 */
	JOIN(2),

	/**
	 * Remove recipients from a group.
	 */
	LEAVE(3),

	/**
	 * Close recipients.
	 */
	CLOSE(4),

	/**
	 * What a node counts at the moment.
	 */
	REPORT(16),

	/**
	 * A node leaves the cluster.
	 */
	GOODBYE(17),

	/**
	 * A question to nodes.
	 */
	REQUEST(18),

	/**
	 * The answer to a question.
	 */
	REPLY(19);

	private static final int FIRST_CONTROL = 16;

	final int code;

	FrameType(int code) {
		this.code = code;
	}

	static boolean isControl(int code) {
		return code >= FIRST_CONTROL;
	}

	static @Nullable FrameType of(int code) {
		for (FrameType type : values()) {
			if (type.code == code) {
				return type;
			}
		}
		return null;
	}

}
