package dev.holdfast.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * What costs connections or speed and can be mended. Confined to one thread.
 */
final class Findings {

	static final long FEW_CONNECTIONS = 10_000;

	private final List<Finding> findings = new ArrayList<>();

	private Findings() {
	}

	static List<Finding> of(SocketServers servers, long maxConnections, Machine machine, List<CapacityLimit> limits) {
		Findings findings = new Findings();
		findings.few(limits.get(0));
		CapacityLimit natural = limits.stream()
			.filter((limit) -> !limit.isConfigured())
			.findFirst()
			.orElse(limits.get(0));
		findings.beyond("holdfast.max-connections", maxConnections, natural);
		for (SocketServer server : servers) {
			String key = "holdfast.servers.%s.".formatted(server.name());
			findings.beyond(key + "limits.max-connections", server.definition().limits().admission().maxConnections(),
					natural);
			findings.backlog(key + "socket.backlog", server.definition().options().backlog(), machine.somaxconn());
		}
		findings.heap(machine);
		findings.quota(machine);
		return List.copyOf(findings.findings);
	}

	private void few(CapacityLimit binding) {
		if (!binding.isConfigured() && binding.connections() < FEW_CONNECTIONS) {
			add("connections", text(binding.cures()), "Only %,d connections are possible, limited by %s",
					binding.connections(), binding.describe());
		}
	}

	private void beyond(String key, long configured, CapacityLimit natural) {
		if (configured > natural.connections()) {
			add(key, text(natural.cures()), "%,d connections are configured, %,d are possible, limited by %s",
					configured, natural.connections(), natural.describe());
		}
	}

	private void backlog(String key, int backlog, long somaxconn) {
		if (somaxconn > 0 && backlog > somaxconn) {
			add(key, "sysctl -w net.core.somaxconn=%d, then restart".formatted(backlog),
					"The system shortens the backlog of %d to %d", backlog, somaxconn);
		}
	}

	private void heap(Machine machine) {
		SystemMemory memory = machine.memory();
		long outstanding = machine.heap().outstanding();
		if (memory.limit() > 0 && outstanding > memory.available()) {
			add("heap", "a smaller -Xmx, or more memory", "The heap may grow by %,d bytes, %,d are available",
					outstanding, memory.available());
		}
	}

	private void quota(Machine machine) {
		Double quota = machine.cpuQuota();
		if (quota != null && quota < machine.processors()) {
			String cure = "systemd: CPUQuota=%1$d00%%; docker: --cpus=%1$d; kubernetes: resources: {limits: {cpu: %1$d}}";
			add("cpu", cure.formatted(machine.processors()),
					"%d processors are seen, the control group allows %.2f: event loops will have to wait",
					machine.processors(), quota);
		}
	}

	private void add(String subject, String cure, String message, Object... arguments) {
		this.findings.add(new Finding(subject, String.format(Locale.ROOT, message, arguments), cure));
	}

	private static String text(Map<String, String> cures) {
		return cures.entrySet()
			.stream()
			.map((cure) -> cure.getKey() + ": " + cure.getValue())
			.collect(Collectors.joining("; "));
	}

}
