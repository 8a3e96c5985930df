package dev.holdfast.benchmarks.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Program that starts an empty Spring Boot application.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EmptyApplication {

	/**
	 * Start the application.
	 * @param args arguments of the application
	 */
	public static void main(String[] args) {
		SpringApplication.run(EmptyApplication.class, args);
		System.out.println("READY 0");
	}

}
