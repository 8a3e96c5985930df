package dev.holdfast.sample.simulator;

import java.util.HashMap;
import java.util.Map;

import org.springframework.util.Assert;

/**
 * What is simulated. Immutable.
 *
 * @param host the host of the server
 * @param port the port of the server
 * @param devices the number of devices
 * @param sites the number of sites that they are spread over
 * @param rate telemetry messages of each device per second
 * @param connectRate connections that are opened per second
 * @param seconds how long it goes on, 0 for ever
 * @param token the secret to log in with
 * @param addresses the number of loopback addresses to connect from, which is how more
 * devices fit than an address has ports
 */
record SimulationPlan(String host, int port, int devices, int sites, double rate, int connectRate, int seconds,
		String token, int addresses) {

	static final String USAGE = "Options: --devices 10000 --rate 0.2 --connect-rate 2000 --sites 10 --seconds 0 "
			+ "--host localhost --port 9003 --token demo --addresses 16";

	SimulationPlan {
		Assert.isTrue(devices > 0 && sites > 0 && connectRate > 0, "Devices, sites and connect rate must be positive");
		Assert.isTrue(rate >= 0 && seconds >= 0, "Rate and seconds must not be negative");
		Assert.isTrue(addresses > 0 && addresses < 255, "Addresses must be between 1 and 254");
	}

	static SimulationPlan parse(String... args) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < args.length; i += 2) {
			Assert.isTrue(args[i].startsWith("--") && i + 1 < args.length, USAGE);
			values.put(args[i].substring(2), args[i + 1]);
		}
		SimulationPlan plan = new SimulationPlan(text(values, "host", "localhost"), number(values, "port", 9003),
				number(values, "devices", 10_000), number(values, "sites", 10),
				Double.parseDouble(text(values, "rate", "0.2")), number(values, "connect-rate", 2000),
				number(values, "seconds", 0), text(values, "token", "demo"), number(values, "addresses", 16));
		Assert.isTrue(values.isEmpty(), () -> "Unknown %s. %s".formatted(values.keySet(), USAGE));
		return plan;
	}

	private static String text(Map<String, String> values, String key, String fallback) {
		String value = values.remove(key);
		return (value != null) ? value : fallback;
	}

	private static int number(Map<String, String> values, String key, int fallback) {
		return Integer.parseInt(text(values, key, Integer.toString(fallback)));
	}

	/**
	 * Return the address that a device connects from.
	 * @param device the number of the device
	 * @return one of the loopback addresses in turn
	 */
	String localAddress(int device) {
		return "127.0.0." + (1 + device % this.addresses);
	}

	/**
	 * Whether the server runs on this machine.
	 * @return whether its host is a loopback address
	 */
	boolean isLocal() {
		return this.host.equals("localhost") || this.host.startsWith("127.");
	}

	String login(int device) {
		return "{\"type\":\"login\",\"device\":\"device-%d\",\"token\":\"%s\",\"site\":\"site-%d\"}\n".formatted(device,
				this.token, device % this.sites);
	}

}
