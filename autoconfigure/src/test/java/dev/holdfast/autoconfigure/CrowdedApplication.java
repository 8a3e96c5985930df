package dev.holdfast.autoconfigure;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * An application with a web server and the actuator, to be run in a process of its own.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class CrowdedApplication {

	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(CrowdedApplication.class, args);
		System.out.println("ports=" + context.getEnvironment().getProperty("local.server.port") + ","
				+ context.getEnvironment().getProperty("local.holdfast.echo.port"));
	}

	@SocketController
	static class EchoHandler {

		@OnMessage
		String echo(String message) {
			return message;
		}

	}

}
