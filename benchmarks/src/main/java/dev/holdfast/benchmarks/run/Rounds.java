package dev.holdfast.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures servers in turn, round by round, all of them running all the time: one that is
 * not measured has nothing to do. Used once, by one thread.
 */
final class Rounds {

	private final RunOptions options;

	private final List<Contender> contenders;

	private final Map<String, String> plans = new LinkedHashMap<>();

	private final Map<String, Results> results = new LinkedHashMap<>();

	Rounds(RunOptions options, List<Contender> all) {
		this.options = options;
		this.contenders = options.choose(all);
	}

	List<String> servers() {
		return this.contenders.stream().map(Contender::name).toList();
	}

	void plan(String name, String plan) {
		this.plans.put(name, plan);
		this.results.put(name, new Results());
	}

	Map<String, Results> run() throws Exception {
		try (Launcher launcher = new Launcher(this.options)) {
			LoadProcess load = launcher.load();
			List<ServerProcess> servers = new ArrayList<>();
			for (Contender contender : this.contenders) {
				servers.add(launcher.server(contender));
				heatUp(load, servers.get(servers.size() - 1));
			}
			for (int round = 0; round < this.options.rounds(); round++) {
				measure(load, servers);
			}
		}
		return this.results;
	}

	private void heatUp(LoadProcess load, ServerProcess server) throws Exception {
		for (String plan : this.plans.values()) {
			load.run(server, "%s warmup=0 seconds=%f", plan, this.options.heatup() / this.plans.size());
		}
	}

	private void measure(LoadProcess load, List<ServerProcess> servers) throws Exception {
		for (Map.Entry<String, String> plan : this.plans.entrySet()) {
			for (ServerProcess server : servers) {
				Map<String, Double> values = load.run(server, "%s warmup=%f seconds=%f", plan.getValue(),
						this.options.warmup(), this.options.seconds());
				this.results.get(plan.getKey()).add(server.name(), values);
			}
			System.err.print('.');
		}
		System.err.println();
	}

}
