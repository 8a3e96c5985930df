package dev.holdfast.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of README or guide, read as Markdown. Immutable.
 *
 * @param file the file, relative to the project
 * @param lines the lines of the file
 */
record MarkdownPage(Path file, List<String> lines) {

	static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();

	static final Path PROJECT = MODULE.resolve("..").normalize();

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");

	private static final String FENCE = "```";

	static List<MarkdownPage> all() {
		return Stream.of(PROJECT, MODULE).flatMap(MarkdownPage::filesIn).map(MarkdownPage::read).toList();
	}

	static MarkdownPage read(Path file) {
		try {
			return new MarkdownPage(PROJECT.relativize(file), Files.readAllLines(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> filesIn(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<MarkdownBlock> blocks(String language) {
		return blocks().stream().filter((block) -> block.language().equals(language)).toList();
	}

	private List<MarkdownBlock> blocks() {
		List<MarkdownBlock> blocks = new ArrayList<>();
		int opened = -1;
		for (int i = 0; i < this.lines.size(); i++) {
			if (isFence(this.lines.get(i))) {
				if (opened >= 0) {
					blocks.add(block(opened, i));
				}
				opened = (opened < 0) ? i : -1;
			}
		}
		return blocks;
	}

	private MarkdownBlock block(int opened, int closed) {
		String language = this.lines.get(opened).strip().substring(FENCE.length()).strip();
		String text = String.join("\n", this.lines.subList(opened + 1, closed));
		return new MarkdownBlock(this.file.toString(), opened + 2, language, text);
	}

	List<String> links() {
		return prose().map((line) -> line.replaceAll("`[^`]*`", "code"))
			.flatMap((line) -> LINK.matcher(line).results())
			.map((link) -> link.group(1))
			.toList();
	}

	List<String> anchors() {
		Map<String, Integer> seen = new HashMap<>();
		return prose().map(HEADING::matcher).filter((heading) -> heading.matches()).map((heading) -> {
			String anchor = anchor(heading.group(1));
			int before = seen.merge(anchor, 1, Integer::sum) - 1;
			return (before > 0) ? anchor + "-" + before : anchor;
		}).toList();
	}

	private static String anchor(String heading) {
		return heading.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	private Stream<String> prose() {
		List<String> prose = new ArrayList<>();
		boolean fenced = false;
		for (String line : this.lines) {
			if (isFence(line)) {
				fenced = !fenced;
			}
			else if (!fenced) {
				prose.add(line);
			}
		}
		return prose.stream();
	}

	private static boolean isFence(String line) {
		return line.stripLeading().startsWith(FENCE);
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
