package dev.holdfast.benchmarks.app;

import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Program that runs the sample application, on its own class path, as a server to
 * measure.
 */
public final class SampleServer {

	private SampleServer() {
	}

	/**
	 * Start the sample.
	 * @param args the name of the server that is measured, then arguments of the
	 * application
	 * @throws ClassNotFoundException if the sample is not on the class path
	 */
	public static void main(String[] args) throws ClassNotFoundException {
		Class<?> sample = Class.forName("dev.holdfast.sample.SampleApplication");
		String[] arguments = Stream.of(args).skip(1).toArray(String[]::new);
		ConfigurableApplicationContext context = SpringApplication.run(sample, arguments);
		System.out
			.println("READY " + context.getEnvironment().getProperty("local.holdfast.%s.port".formatted(args[0])));
	}

}
