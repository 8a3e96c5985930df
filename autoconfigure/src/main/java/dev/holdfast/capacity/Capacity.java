package dev.holdfast.capacity;

import java.util.List;
import java.util.Map;

/**
 * How many connections this process can hold, and what stops it first. Immutable.
 *
 * @param connections how many connections there can be, those that are there included
 * @param bindingLimit the name of the limit that is reached first
 * @param active connections that are there now
 * @param limits all limits, the one that is reached first at the beginning
 * @param servers what each server can take
 * @param connectionCosts what an idle connection costs by transport, and what {@code tls}
 * adds
 * @param machine what the machine and the container give
 * @param findings what else costs connections or speed
 */
public record Capacity(long connections, String bindingLimit, long active, List<CapacityLimit> limits,
		Map<String, ServerCapacity> servers, Map<String, ConnectionCost> connectionCosts, Machine machine,
		List<Finding> findings) {

}
