package dev.holdfast.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.util.Assert;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * {@link WebEndpoint @WebEndpoint} for a page that shows the socket servers live in a
 * browser, with the files that the page needs. Thread-safe.
 */
@WebEndpoint(id = "socketdashboard", defaultAccess = Access.READ_ONLY)
public class SocketDashboardEndpoint {

	private static final String SETTINGS = "settings.json";

	private static final String HISTORY = "history.json";

	private final DashboardSettings settings;

	private final SocketsHistory history;

	private final DashboardFiles files = new DashboardFiles();

	/**
	 * Create a new {@link SocketDashboardEndpoint}.
	 * @param settings what the page has to know
	 * @param history what the servers did in the last minutes
	 */
	public SocketDashboardEndpoint(DashboardSettings settings, SocketsHistory history) {
		Assert.notNull(settings, "'settings' must not be null");
		Assert.notNull(history, "'history' must not be null");
		this.settings = settings;
		this.history = history;
	}

	/**
	 * Return the page.
	 * @return the page as HTML
	 */
	@ReadOperation(produces = "text/html;charset=UTF-8")
	public WebEndpointResponse<byte[]> page() {
		return new WebEndpointResponse<>(this.files.page(this.settings.name()),
				MimeType.valueOf("text/html;charset=UTF-8"));
	}

	/**
	 * Return a file of the page: its scripts, styles and icon, {@code settings.json} with
	 * what the page has to know, or {@code history.json} with what the servers did in the
	 * last ten minutes.
	 * @param file the name of the file
	 * @return the file, or {@code null} when there is none of that name
	 */
	@ReadOperation(produces = { "application/json", "text/javascript", "text/css", "image/svg+xml" })
	public @Nullable WebEndpointResponse<Object> file(@Selector String file) {
		return switch (file) {
			case SETTINGS -> new WebEndpointResponse<>(this.settings, MimeTypeUtils.APPLICATION_JSON);
			case HISTORY -> new WebEndpointResponse<>(this.history.describe(), MimeTypeUtils.APPLICATION_JSON);
			default -> content(file);
		};
	}

	/**
	 * Return what the response to a request says about keeping a copy of it.
	 * @param path the path of the request
	 * @return nothing, unless it is for the page or one of its files
	 */
	CacheHeaders cacheHeaders(String path) {
		String page = "/" + this.settings.root();
		int below = path.lastIndexOf(page + "/");
		String file = (below >= 0) ? path.substring(below + page.length() + 1) : "";
		if (file.equals(SETTINGS) || file.equals(HISTORY)) {
			return CacheHeaders.NEVER;
		}
		boolean known = path.endsWith(page) || this.files.get(file) != null;
		return known ? CacheHeaders.revalidate(this.files.entityTag()) : CacheHeaders.NONE;
	}

	private @Nullable WebEndpointResponse<Object> content(String file) {
		byte[] content = this.files.get(file);
		return (content != null) ? new WebEndpointResponse<>(content, DashboardFiles.type(file)) : null;
	}

}
