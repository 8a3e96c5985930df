package dev.holdfast.sample.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;
import dev.holdfast.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the chat's page in two windows of Chromium. Pictures of it are left in
 * {@code target/screenshots}.
 */
@SampleTest
@Tag("browser")
class ChatPageBrowserTests {

	private static final Path PICTURES = Path.of("target", "screenshots");

	@LocalServerPort
	int port;

	@Autowired
	private Connections connections;

	private final ChromeDriver alice = Chromium.start();

	private final ChromeDriver bob = Chromium.start();

	@BeforeEach
	void join() {
		join(this.alice, "Alice");
		join(this.bob, "Bob");
		waitUntil(() -> people(this.alice).containsAll(List.of("Alice", "Bob")));
	}

	@AfterEach
	void quit() {
		this.alice.quit();
		this.bob.quit();
	}

	@Test
	void messagesWhenSaidAreShownAsTextInBothWindows() throws IOException {
		say(this.alice, "Hello <b>Bob</b> & all");
		waitUntil(() -> messages(this.bob).contains("Hello <b>Bob</b> & all"));
		say(this.bob, "A long answer, over several lines of the page, to see how the words wrap and where they end.");
		waitUntil(() -> messages(this.alice).size() == 2);
		this.bob.findElement(By.id("text")).sendKeys("I am still typ");
		waitUntil(() -> this.alice.findElement(By.id("typing")).getText().equals("Bob is typing …"));
		takePictures();
		assertThat(errors(this.alice)).isEmpty();
		assertThat(errors(this.bob)).isEmpty();
	}

	@Test
	void connectionWhenCutOffComesBack() {
		this.connections.server("live").close(CloseReason.KICKED);
		waitUntil(() -> this.alice.findElement(By.id("messages")).getText().contains("Connected again"));
		waitUntil(() -> this.bob.findElement(By.id("messages")).getText().contains("Connected again"));
		say(this.bob, "back");
		waitUntil(() -> messages(this.alice).contains("back"));
	}

	@Test
	void roomWhenChangedHasOtherPeople() {
		this.bob.findElement(By.id("room-name")).sendKeys("garden", Keys.ENTER);
		waitUntil(() -> people(this.alice).equals(List.of("Alice")));
		waitUntil(() -> people(this.bob).equals(List.of("Bob")));
		assertThat(this.bob.findElement(By.id("room-title")).getText()).contains("garden");
	}

	private void join(ChromeDriver page, String name) {
		page.get("http://localhost:" + this.port + "/");
		page.findElement(By.id("name")).clear();
		page.findElement(By.id("name")).sendKeys(name, Keys.ENTER);
		waitUntil(() -> page.findElement(By.id("status")).getText().equals("Connected"));
	}

	private void say(ChromeDriver page, String text) {
		page.findElement(By.id("text")).sendKeys(text, Keys.ENTER);
	}

	private List<String> messages(ChromeDriver page) {
		return page.findElements(By.cssSelector(".bubble")).stream().map(WebElement::getText).toList();
	}

	private List<String> people(ChromeDriver page) {
		return page.findElements(By.cssSelector(".person span:nth-child(2)"))
			.stream()
			.map((person) -> person.getDomProperty("textContent"))
			.toList();
	}

	private List<LogEntry> errors(ChromeDriver page) {
		return page.manage().logs().get(LogType.BROWSER).getAll();
	}

	private void waitUntil(Callable<Boolean> condition) {
		await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(condition);
	}

	private void takePictures() throws IOException {
		takePicture("chat-light");
		emulate("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
		takePicture("chat-dark");
		emulate("Emulation.setDeviceMetricsOverride",
				Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
		takePicture("chat-phone-dark");
		this.alice.findElement(By.id("people-toggle")).click();
		takePicture("chat-phone-people");
		emulate("Emulation.setEmulatedMedia", Map.of("features", List.of()));
		this.alice.findElement(By.id("people-toggle")).click();
		takePicture("chat-phone-light");
	}

	private void emulate(String command, Map<String, Object> parameters) {
		this.alice.executeCdpCommand(command, parameters);
	}

	private void takePicture(String name) throws IOException {
		Files.createDirectories(PICTURES);
		Files.write(PICTURES.resolve(name + ".png"), this.alice.getScreenshotAs(OutputType.BYTES));
	}

}
