package dev.holdfast.browser;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

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
@Import({ DashboardApplication.NamedHandler.class, DashboardApplication.PolicyFilter.class,
		DashboardApplication.TokenFilter.class, LocalTransport.class })
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

	/**
	 * Asks writes for the token that a cookie has, as Spring Security does.
	 */
	static class TokenFilter extends OncePerRequestFilter {

		private static final String TOKEN = "f1d2/d2f9==";

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			if (!request.getMethod().equals("GET") && !TOKEN.equals(request.getHeader("X-XSRF-TOKEN"))) {
				response.sendError(HttpServletResponse.SC_FORBIDDEN);
				return;
			}
			String value = URLEncoder.encode(TOKEN, StandardCharsets.UTF_8);
			response.addHeader("Set-Cookie", "XSRF-TOKEN=" + value + "; Path=/");
			chain.doFilter(request, response);
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
