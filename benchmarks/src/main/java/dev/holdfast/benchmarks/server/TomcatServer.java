package dev.holdfast.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;

import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * Program that serves WebSocket messages with Tomcat's Jakarta WebSocket, which is what
 * Spring MVC uses.
 */
public final class TomcatServer {

	private TomcatServer() {
	}

	/**
	 * Start the server.
	 * @param args are ignored
	 * @throws Exception if it cannot start
	 */
	public static void main(String[] args) throws Exception {
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
		tomcat.setPort(0);
		tomcat.getConnector();
		Context context = tomcat.addContext("", null);
		context.addServletContainerInitializer(new WsSci(), Set.of(EchoEndpoint.class));
		Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
		context.addServletMappingDecoded("/", "default");
		tomcat.start();
		System.out.println("READY " + tomcat.getConnector().getLocalPort());
		tomcat.getServer().await();
	}

	/**
	 * Answers text with itself.
	 */
	@ServerEndpoint("/")
	public static class EchoEndpoint {

		/**
		 * Answer a message.
		 * @param text the message
		 * @param session the session
		 * @throws IOException if the reply cannot be sent
		 */
		@OnMessage
		public void message(String text, Session session) throws IOException {
			session.getBasicRemote().sendText(text);
		}

		/**
		 * Ignore that a client has reset its connection.
		 * @param error what Tomcat tells
		 */
		@OnError
		public void failed(Throwable error) {
		}

	}

}
