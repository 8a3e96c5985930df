package dev.holdfast.capacity;

/**
 * What one server can take. Immutable.
 *
 * @param connections how many connections it can have, if the other servers get none more
 * @param bindingLimit the name of the limit that is reached first
 * @param io the mechanism by which it moves bytes
 * @param backlog how many connections may wait to be accepted, as configured; 0 is what
 * the system allows
 * @param connectionCost what one of its connections costs
 */
public record ServerCapacity(long connections, String bindingLimit, String io, int backlog,
		ConnectionCost connectionCost) {

}
