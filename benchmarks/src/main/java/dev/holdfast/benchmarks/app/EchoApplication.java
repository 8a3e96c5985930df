package dev.holdfast.benchmarks.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Program that starts a Spring Boot application with one Holdfast server and one handler.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(EchoController.class)
public class EchoApplication {

	/**
	 * Start the application.
	 * @param args arguments of the application
	 */
	public static void main(String[] args) {
		Environment environment = SpringApplication.run(EchoApplication.class, args).getEnvironment();
		System.out.println("READY " + environment.getProperty("local.holdfast.bench.port"));
	}

}
