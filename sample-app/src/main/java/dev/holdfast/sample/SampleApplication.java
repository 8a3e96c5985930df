package dev.holdfast.sample;

import java.util.Arrays;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

import dev.holdfast.sample.simulator.DeviceSimulator;

/**
 * Program that shows what Holdfast can do, a server for each.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class SampleApplication {

	private static final String SIMULATE = "simulate";

	/**
	 * Start the application, or devices that talk to one that runs.
	 * @param args arguments of the application, or {@code simulate} and the options of
	 * the simulator
	 * @throws InterruptedException if the simulator is told to end
	 */
	public static void main(String[] args) throws InterruptedException {
		if (args.length > 0 && SIMULATE.equals(args[0])) {
			DeviceSimulator.main(Arrays.copyOfRange(args, 1, args.length));
			return;
		}
		SpringApplication.run(SampleApplication.class, args);
	}

}
