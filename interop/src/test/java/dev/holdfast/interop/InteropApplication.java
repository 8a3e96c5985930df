package dev.holdfast.interop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The servers that clients and proxies of others talk to, set up in {@code interop.yml}.
 * All listen on free ports, which the log tells. The profile {@code tls} adds those that
 * need keys.
 */
@SpringBootApplication
public class InteropApplication {

	/**
	 * Start the application.
	 * @param args arguments of the application
	 */
	public static void main(String[] args) {
		SpringApplication.run(InteropApplication.class, args);
	}

}
