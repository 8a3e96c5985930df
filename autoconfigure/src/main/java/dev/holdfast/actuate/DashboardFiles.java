package dev.holdfast.actuate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.MimeType;

/**
 * The page of {@link SocketDashboardEndpoint} and the files it consists of, read once.
 * Immutable.
 */
final class DashboardFiles {

	static final String LOCATION = "dev/holdfast/actuate/dashboard/";

	static final String PAGE = "index.html";

	static final List<String> NAMES = List.of("api.js", "base.css", "colors.css", "connections.css", "connections.js",
			"dashboard.js", "dialog.js", "dom.js", "feed.js", "format.js", "history.js", "icon.svg", "marks.js",
			"overview.css", "path.js", "plot.js", "plots.css", "plots.js", "servers.js", "sparkline.js", "theme.js",
			"ticks.js", "tiles.js", "view.js");

	private static final Map<String, MimeType> TYPES = Map.of("js", MimeType.valueOf("text/javascript;charset=UTF-8"),
			"css", MimeType.valueOf("text/css;charset=UTF-8"), "svg", MimeType.valueOf("image/svg+xml"));

	private static final String PATH_PLACEHOLDER = "{path}";

	private final String page = new String(read(PAGE), StandardCharsets.UTF_8);

	private final Map<String, byte[]> contents = NAMES.stream()
		.collect(Collectors.toUnmodifiableMap(Function.identity(), DashboardFiles::read));

	private final String entityTag = tag(this.contents.values(), this.page);

	private static byte[] read(String name) {
		try (InputStream content = new ClassPathResource(LOCATION + name).getInputStream()) {
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the page.
	 * @param name the last part of the path under which it is served: its files are below
	 * @return the HTML in UTF-8
	 */
	byte[] page(String name) {
		return this.page.replace(PATH_PLACEHOLDER, name).getBytes(StandardCharsets.UTF_8);
	}

	private static String tag(Collection<byte[]> contents, String page) {
		int files = contents.stream().mapToInt(Arrays::hashCode).sum();
		return "\"%08x%08x\"".formatted(page.hashCode(), files);
	}

	/**
	 * Return a text that differs whenever any of the files does.
	 * @return an entity tag in quotes
	 */
	String entityTag() {
		return this.entityTag;
	}

	byte @Nullable [] get(String name) {
		return this.contents.get(name);
	}

	static MimeType type(String name) {
		MimeType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
		return (type != null) ? type : MimeType.valueOf("application/octet-stream");
	}

}
