package dev.holdfast.capacity;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

import org.springframework.util.StringUtils;

/**
 * Files in which the kernel shows numbers, under {@code /proc} and
 * {@code /sys/fs/cgroup}. What cannot be read is empty. Immutable.
 *
 * @param root the directory that stands for {@code /}
 */
record SystemFiles(Path root) {

	static final SystemFiles MACHINE = new SystemFiles(Path.of("/"));

	private static final String SEPARATORS = " \t:";

	private static final int MAX_DIGITS = 19;

	/**
	 * Return the lines of a file.
	 * @param path the path below the root
	 * @return the lines, none when it cannot be read
	 */
	List<String> lines(String path) {
		try {
			return Files.readAllLines(this.root.resolve(path));
		}
		catch (IOException | RuntimeException ex) {
			return List.of();
		}
	}

	/**
	 * Return the first number of a file.
	 * @param path the path below the root
	 * @return the number, empty when the file begins with none, as with {@code max}
	 */
	OptionalLong number(String path) {
		return number(path, "");
	}

	/**
	 * Return the number that follows a name at the beginning of a line.
	 * @param path the path below the root
	 * @param name the name
	 * @return the number, empty when there is none
	 */
	OptionalLong number(String path, String name) {
		return first(numbers(path, name));
	}

	/**
	 * Return the number that follows a name anywhere in a line.
	 * @param line the line
	 * @param name the name
	 * @return the number, empty when there is none
	 */
	static OptionalLong numberIn(String line, String name) {
		int index = line.indexOf(name);
		return (index >= 0) ? first(numbersOf(line.substring(index + name.length()))) : OptionalLong.empty();
	}

	private static OptionalLong first(long[] numbers) {
		return (numbers.length > 0) ? OptionalLong.of(numbers[0]) : OptionalLong.empty();
	}

	/**
	 * Return the numbers that follow a name at the beginning of a line, up to what is no
	 * number.
	 * @param path the path below the root
	 * @param name the name, empty for the first line
	 * @return the numbers
	 */
	long[] numbers(String path, String name) {
		for (String line : lines(path)) {
			if (line.startsWith(name)) {
				return numbersOf(line.substring(name.length()));
			}
		}
		return new long[0];
	}

	private static long[] numbersOf(String text) {
		String[] words = StringUtils.tokenizeToStringArray(text, SEPARATORS);
		long[] numbers = new long[words.length];
		for (int i = 0; i < words.length; i++) {
			if (!isNumber(words[i])) {
				return Arrays.copyOf(numbers, i);
			}
			numbers[i] = parse(words[i]);
		}
		return numbers;
	}

	private static boolean isNumber(String word) {
		for (int i = 0; i < word.length(); i++) {
			if (word.charAt(i) < '0' || word.charAt(i) > '9') {
				return false;
			}
		}
		return word.length() <= MAX_DIGITS;
	}

	private static long parse(String digits) {
		try {
			return Long.parseLong(digits);
		}
		catch (NumberFormatException ex) {
			return Long.MAX_VALUE;
		}
	}

	/**
	 * Return how many entries a directory has.
	 * @param path the path below the root
	 * @return the number, empty when the directory cannot be read
	 */
	OptionalLong count(String path) {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.root.resolve(path))) {
			long count = 0;
			for (Iterator<Path> iterator = entries.iterator(); iterator.hasNext(); iterator.next()) {
				count++;
			}
			return OptionalLong.of(count);
		}
		catch (IOException | RuntimeException ex) {
			return OptionalLong.empty();
		}
	}

}
