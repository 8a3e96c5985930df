package dev.holdfast.capacity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Files in which the kernel shows numbers, under {@code /proc} and
 * {@code /sys/fs/cgroup}. What cannot be read is empty. Immutable.
 *
 * @param root the directory that stands for {@code /}
 */
record SystemFiles(Path root) {

	static final SystemFiles MACHINE = new SystemFiles(Path.of("/"));

	/**
	 * Return the lines of a file.
	 * @param path the path below the root
	 * @return the lines, none when it cannot be read
	 */
	Stream<String> lines(String path) {
		try {
			return Files.readAllLines(this.root.resolve(path)).stream();
		}
		catch (IOException | RuntimeException ex) {
			return Stream.empty();
		}
	}

	/**
	 * Return the first number of a file.
	 * @param path the path below the root
	 * @return the number, empty when the file begins with none, as with {@code max}
	 */
	OptionalLong number(String path) {
		return lines(path).limit(1).flatMapToLong((line) -> numbers(line).limit(1)).findFirst();
	}

	/**
	 * Return the number that follows a name at the beginning of a line.
	 * @param path the path below the root
	 * @param name the name
	 * @return the number, empty when there is none
	 */
	OptionalLong number(String path, String name) {
		return numbers(path, name).findFirst();
	}

	/**
	 * Return the numbers that follow a name at the beginning of a line, up to what is no
	 * number.
	 * @param path the path below the root
	 * @param name the name, empty for the first line
	 * @return the numbers
	 */
	LongStream numbers(String path, String name) {
		return lines(path).filter((line) -> line.startsWith(name))
			.limit(1)
			.flatMapToLong((line) -> numbers(line.substring(name.length())));
	}

	private static LongStream numbers(String text) {
		return Stream.of(text.trim().split("[\\s:]+"))
			.filter((word) -> !word.isEmpty())
			.takeWhile((word) -> word.matches("\\d{1,19}"))
			.flatMapToLong(SystemFiles::parse);
	}

	private static LongStream parse(String digits) {
		try {
			return LongStream.of(Long.parseLong(digits));
		}
		catch (NumberFormatException ex) {
			return LongStream.of(Long.MAX_VALUE);
		}
	}

	/**
	 * Return how many entries a directory has.
	 * @param path the path below the root
	 * @return the number, empty when the directory cannot be read
	 */
	OptionalLong count(String path) {
		try (Stream<Path> entries = Files.list(this.root.resolve(path))) {
			return OptionalLong.of(entries.count());
		}
		catch (IOException | RuntimeException ex) {
			return OptionalLong.empty();
		}
	}

}
