package dev.holdfast.server;

/**
 * Callback interface that is told which users and groups gained or lost a connection of
 * this node. Methods are called on the thread that made the change and must not block;
 * calls for one name may come in any order, so look up what is true now. Thread-safe.
 */
public interface MembershipListener {

	/**
	 * Called after a connection was bound to a user or released from it.
	 * @param user the name of the user
	 */
	void userChanged(String user);

	/**
	 * Called after a connection joined or left a group.
	 * @param group the name of the group
	 */
	void groupChanged(String group);

}
