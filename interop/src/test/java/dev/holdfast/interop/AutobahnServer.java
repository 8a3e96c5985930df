package dev.holdfast.interop;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Configuration;

/**
 * The server that the Autobahn test suite talks to. Its plugin starts it within Maven,
 * whose logging it leaves alone, and calls the address of the local host.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AutobahnServer {

	/**
	 * Start the server.
	 * @param args the port
	 * @throws UnknownHostException if the local host has no address
	 */
	public static void main(String[] args) throws UnknownHostException {
		System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
		new SpringApplicationBuilder(AutobahnServer.class, KindEchoHandler.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run("--spring.config.location=optional:classpath:/none/",
					"--holdfast.servers.autobahn.host=" + InetAddress.getLocalHost().getHostAddress(),
					"--holdfast.servers.autobahn.port=" + args[0], "--holdfast.servers.autobahn.transport=websocket",
					"--holdfast.servers.autobahn.max-frame-length=17MB",
					"--holdfast.servers.autobahn.websocket.max-message-length=17MB",
					"--holdfast.servers.autobahn.outbound.max-pending=64MB",
					"--holdfast.servers.autobahn.websocket.compression=true");
	}

}
