package dev.holdfast.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * Estimates how many connections this process can hold: the least of what file
 * descriptors, memory, the heap, TCP memory and the configuration allow. Thread-safe.
 */
public final class CapacityEstimator {

	private static final String MAX_CONNECTIONS = "holdfast.max-connections";

	private final SocketServers servers;

	private final long maxConnections;

	private final SystemFiles files;

	private final Supplier<HeapMemory> heap;

	/**
	 * Create a new {@link CapacityEstimator}.
	 * @param servers the servers
	 * @param maxConnections the limit that is configured for the process, 0 for none
	 */
	public CapacityEstimator(SocketServers servers, long maxConnections) {
		this(servers, maxConnections, SystemFiles.MACHINE, HeapMemory::current);
	}

	CapacityEstimator(SocketServers servers, long maxConnections, SystemFiles files, Supplier<HeapMemory> heap) {
		Assert.notNull(servers, "'servers' must not be null");
		this.servers = servers;
		this.maxConnections = maxConnections;
		this.files = files;
		this.heap = heap;
	}

	/**
	 * Estimate the capacity from what the system shows now. Reads some small files.
	 * @return the capacity
	 */
	public Capacity estimate() {
		Machine machine = Machine.read(this.files, this.heap.get());
		long active = servers().mapToLong((server) -> server.statistics().connections().active()).sum();
		ConnectionCost cost = servers().map((server) -> ConnectionCost.of(server.definition()))
			.max(Comparator.comparingLong(ConnectionCost::bytes))
			.orElse(ConnectionCost.TCP);
		List<CapacityLimit> limits = limits(machine, active, cost);
		Map<String, ServerCapacity> capacities = new LinkedHashMap<>();
		servers().forEach((server) -> capacities.put(server.name(), capacity(server, machine, active)));
		return new Capacity(limits.get(0).connections(), limits.get(0).name(), active, limits, capacities,
				ConnectionCost.all(), machine, Findings.of(this.servers, this.maxConnections, machine, limits));
	}

	private Stream<SocketServer> servers() {
		return StreamSupport.stream(this.servers.spliterator(), false);
	}

	private List<CapacityLimit> limits(Machine machine, long active, ConnectionCost cost) {
		List<CapacityLimit> limits = new ArrayList<>(processLimits(machine, active, cost));
		CapacityLimit sum = sumOfServers();
		if (sum != null) {
			limits.add(sum);
		}
		limits.sort(Comparator.comparingLong(CapacityLimit::connections));
		return List.copyOf(limits);
	}

	private List<CapacityLimit> processLimits(Machine machine, long active, ConnectionCost cost) {
		TcpMemory tcpMemory = machine.tcpMemory();
		return Stream
			.of(machine.descriptors().limit(active, Machine.descriptorMaximum(this.files)),
					machine.memory().limit(active, machine.heap(), cost), machine.heap().limit(active, cost),
					(tcpMemory != null) ? tcpMemory.limit() : null, configured(MAX_CONNECTIONS, this.maxConnections))
			.filter(Objects::nonNull)
			.sorted(Comparator.comparingLong(CapacityLimit::connections))
			.toList();
	}

	private @Nullable CapacityLimit sumOfServers() {
		boolean all = this.servers.iterator().hasNext() && servers().allMatch((server) -> maxConnections(server) > 0);
		return all ? configured(key("*"), servers().mapToLong(CapacityEstimator::maxConnections).sum()) : null;
	}

	private ServerCapacity capacity(SocketServer server, Machine machine, long active) {
		ConnectionCost cost = ConnectionCost.of(server.definition());
		CapacityLimit own = configured(key(server.name()), maxConnections(server));
		CapacityLimit process = processLimits(machine, active, cost).get(0);
		long others = active - server.statistics().connections().active();
		long left = Math.max(process.connections() - others, 0);
		boolean bound = own == null || left < own.connections();
		return new ServerCapacity(bound ? left : own.connections(), bound ? process.name() : own.name(), server.io(),
				server.definition().options().backlog(), cost);
	}

	private static long maxConnections(SocketServer server) {
		return server.definition().limits().admission().maxConnections();
	}

	private static String key(String server) {
		return "holdfast.servers.%s.limits.max-connections".formatted(server);
	}

	private static @Nullable CapacityLimit configured(String name, long value) {
		return (value > 0)
				? new CapacityLimit(name, value, "connections", value, Map.of("application", "a higher " + name))
				: null;
	}

}
