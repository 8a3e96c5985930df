package dev.holdfast.browser;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * An application whose clients say who they are, and whose pages obey a strict policy.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ DashboardApplication.NamedHandler.class, DashboardApplication.PolicyFilter.class })
class DashboardApplication {

	@SocketController
	static class NamedHandler {

		@OnMessage
		String echo(String line) {
			return line;
		}

		@OnMessage("name")
		String name(String line, SocketConnection connection) {
			connection.bindUser(line.substring("name ".length()));
			connection.join("named");
			return "hello";
		}

		@OnMessage("leave")
		void leave(SocketConnection connection) {
			connection.close();
		}

	}

	static class PolicyFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			response.setHeader("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; "
					+ "connect-src 'self'; img-src 'self' data:");
			chain.doFilter(request, response);
		}

	}

}
