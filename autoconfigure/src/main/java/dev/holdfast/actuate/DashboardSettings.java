package dev.holdfast.actuate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What the page of {@link SocketDashboardEndpoint} has to know of the application.
 * Immutable.
 *
 * @param application the name of the application or {@code null}
 * @param root the path of the page below the path of all endpoints
 * @param sockets the endpoint for servers
 * @param connections the endpoint for connections
 */
public record DashboardSettings(@Nullable String application, @JsonIgnore String root, Target sockets,
		Target connections) implements OperationResponseBody {

	/**
	 * Create new {@link DashboardSettings}.
	 * @param application the name of the application or {@code null}
	 * @param root the path of the page below the path of all endpoints, such as
	 * {@code socketdashboard}
	 * @param sockets the endpoint for servers, with its path below that of all endpoints
	 * @param connections the endpoint for connections, with its path likewise
	 * @return the settings
	 */
	public static DashboardSettings of(@Nullable String application, String root, Target sockets, Target connections) {
		Assert.hasText(root, "'root' must not be empty");
		String up = "../".repeat(StringUtils.countOccurrencesOf(root, "/") + 1);
		return new DashboardSettings(application, root, sockets.below(up), connections.below(up));
	}

	/**
	 * Return the last part of the path of the page.
	 * @return the name, which relative links in the page begin with
	 */
	String name() {
		return this.root.substring(this.root.lastIndexOf('/') + 1);
	}

	/**
	 * Another endpoint that the page uses. Immutable.
	 *
	 * @param path its path, in the end relative to the files of the page
	 * @param writable whether it may be written to
	 */
	public record Target(String path, boolean writable) {

		private Target below(String parent) {
			return new Target(parent + this.path, this.writable);
		}

	}

}
