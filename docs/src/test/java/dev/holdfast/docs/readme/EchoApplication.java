package dev.holdfast.docs.readme;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SpringBootApplication
public class EchoApplication {

	public static void main(String[] args) {
		SpringApplication.run(EchoApplication.class, args);
	}

	@SocketController("echo")
	static class EchoHandler {

		@OnMessage
		String echo(String line) {
			return line;
		}

	}

}
