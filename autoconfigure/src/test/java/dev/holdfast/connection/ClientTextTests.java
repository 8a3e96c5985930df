package dev.holdfast.connection;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientText}.
 */
class ClientTextTests {

	@Test
	void loggableWhenTextIsFitIsThatText() {
		assertThat(ClientText.loggable("alice ü 漢 \uD83D\uDE00")).isEqualTo("alice ü 漢 \uD83D\uDE00");
		assertThat(ClientText.loggable((String) null)).isEqualTo("null");
	}

	@Test
	void loggableWhenTextHasLineOrTerminalCharactersEscapesThem() {
		assertThat(ClientText.loggable("a\r\nb\u001b[2Jc\u2028d\u202ee\u0085f\u0000"))
			.isEqualTo("a\\u000d\\u000ab\\u001b[2Jc\\u2028d\\u202ee\\u0085f\\u0000");
	}

	@Test
	void loggableWhenTextIsLongShortensIt() {
		assertThat(ClientText.loggable("x".repeat(100_000))).isEqualTo("x".repeat(1000) + "...");
		assertThat(ClientText.loggable("\n" + "x".repeat(100_000))).isEqualTo("\\u000a" + "x".repeat(999) + "...");
	}

	@Test
	void loggableWhenErrorIsFitIsThatError() {
		Exception error = new IllegalStateException("plain", new IllegalArgumentException("cause"));
		assertThat(ClientText.loggable(error)).isSameAs(error);
	}

	@Test
	void loggableWhenMessageOfCauseHasLinesPrintsNone() {
		Exception error = new IllegalStateException("outer", new IllegalArgumentException("evil\nERROR all is lost"));
		String printed = print(ClientText.loggable(error));
		assertThat(printed).contains("java.lang.IllegalStateException: outer",
				"java.lang.IllegalArgumentException: evil\\u000aERROR all is lost", "ClientTextTests.java");
		assertThat(printed.lines()).noneMatch((line) -> line.startsWith("ERROR"));
	}

	@Test
	void loggableWhenSuppressedErrorHasLinesPrintsNone() {
		Exception error = new IllegalStateException("outer");
		error.addSuppressed(new IllegalArgumentException("evil\nERROR"));
		assertThat(print(ClientText.loggable(error)).lines()).noneMatch((line) -> line.startsWith("ERROR"));
	}

	@Test
	void loggableWhenErrorsAreACircleEnds() {
		Exception error = new IllegalStateException("a\n");
		Exception cause = new IllegalStateException("b", error);
		error.initCause(cause);
		assertThat(print(ClientText.loggable(error))).contains("a");
	}

	@Test
	void loggableWhenMessageCannotBeToldNamesTheType() {
		assertThat(ClientText.loggable(new SilentException())).hasToString(SilentException.class.getName());
	}

	private static String print(Throwable error) {
		StringWriter out = new StringWriter();
		error.printStackTrace(new PrintWriter(out));
		return out.toString();
	}

	private static final class SilentException extends RuntimeException {

		@Override
		public String getMessage() {
			throw new IllegalStateException("No message");
		}

	}

}
