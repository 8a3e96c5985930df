package dev.holdfast.autoconfigure;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.server.context.SocketServerStoppedEvent;

/**
 * An application without a web server, to be run in a process of its own.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ SslAutoConfiguration.class, SocketServerAutoConfiguration.class })
public class StandaloneApplication {

	public static void main(String[] args) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(StandaloneApplication.class)
			.web(WebApplicationType.NONE)
			.run(args);
		System.out.println("port=" + context.getEnvironment().getProperty("local.holdfast.echo.port"));
	}

	@EventListener
	void stopped(SocketServerStoppedEvent event) {
		System.out.println("stopped=" + event.server().name());
	}

	@SocketController
	static class ThreadsHandler {

		@OnMessage
		boolean isAlive(String thread) {
			return Thread.getAllStackTraces().keySet().stream().anyMatch((alive) -> alive.getName().equals(thread));
		}

	}

}
