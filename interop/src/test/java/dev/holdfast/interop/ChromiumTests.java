package dev.holdfast.interop;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.holdfast.test.LocalSocketPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a server with a page in Chromium.
 */
@Tag("browser")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=interop", "server.address=127.0.0.1" })
class ChromiumTests {

	private static ChromeDriver browser;

	@LocalServerPort
	private int httpPort;

	@LocalSocketPort("live")
	private int port;

	@BeforeAll
	static void open() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(System.getProperty("chromium", "/usr/bin/chromium"));
		options.addArguments("--headless", "--no-sandbox", "--disable-dev-shm-usage",
				"--disable-background-networking");
		ChromeDriverService driver = new ChromeDriverService.Builder()
			.usingDriverExecutable(new File(System.getProperty("chromedriver", "/usr/bin/chromedriver")))
			.build();
		browser = new ChromeDriver(driver, options);
		browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
	}

	@AfterAll
	static void quit() {
		browser.quit();
	}

	private Map<?, ?> talk(String page, String messages, String end) {
		browser.get("http://%s:%d/page.html?url=ws://localhost:%d/live".formatted(page, this.httpPort, this.port));
		return (Map<?, ?>) browser.executeAsyncScript(
				"talk(%s, (socket) => %s).then(arguments[arguments.length - 1])".formatted(messages, end));
	}

	@Test
	void pageWhenItSendsTextGetsTextBothWaysCompressed() {
		Map<?, ?> seen = talk("localhost", "['short', 'é€😀', 'again and again '.repeat(500), 'again '.repeat(1000)]",
				"socket.close(4001, 'done')");
		assertThat((String) seen.get("extensions")).contains("permessage-deflate");
		assertThat(seen.get("replies"))
			.isEqualTo(List.of("short", "é€😀", "again and again ".repeat(500), "again ".repeat(1000)));
		assertThat(seen.get("code")).isEqualTo(4001L);
		assertThat(seen.get("clean")).isEqualTo(true);
	}

	@Test
	void pageWhenItSendsBinaryGetsBinary() {
		Map<?, ?> seen = talk("localhost", "[new Uint8Array([0, 255, 128]), new Uint8Array(1000).fill(7)]",
				"socket.close()");
		assertThat(seen.get("replies"))
			.isEqualTo(List.of(List.of(0L, 255L, 128L), LongStream.generate(() -> 7).limit(1000).boxed().toList()));
		assertThat(seen.get("code")).isEqualTo(1005L);
	}

	@Test
	void pageWhenHandlerClosesSeesCodeAndReason() {
		Map<?, ?> seen = talk("localhost", "['close']", "socket");
		assertThat(seen.get("code")).isEqualTo(4002L);
		assertThat(seen.get("reason")).isEqualTo("as you wish");
		assertThat(seen.get("clean")).isEqualTo(true);
	}

	@Test
	void pageWhenItsMessageInflatesBeyondTheLimitSeesTooBig() {
		Map<?, ?> seen = talk("localhost", "['x'.repeat(10 * 1024 * 1024)]", "socket");
		assertThat(seen.get("replies")).isEqualTo(List.of());
		assertThat(seen.get("code")).isEqualTo(1009L);
	}

	@Test
	void pageWhenOfAnotherHostIsRefused() {
		Map<?, ?> seen = talk("127.0.0.1", "['hello']", "socket");
		assertThat(seen.get("extensions")).isNull();
		assertThat(seen.get("code")).isEqualTo(1006L);
	}

}
