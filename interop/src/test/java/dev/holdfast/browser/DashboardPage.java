package dev.holdfast.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import static org.awaitility.Awaitility.await;

/**
 * The dashboard in Chromium.
 */
final class DashboardPage implements AutoCloseable {

	private final ChromeDriver browser;

	DashboardPage() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(System.getProperty("chromium", "/usr/bin/chromium"));
		options.addArguments("--headless", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
				"--disable-background-networking");
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		options.setCapability("goog:loggingPrefs", logging);
		ChromeDriverService driver = new ChromeDriverService.Builder()
			.usingDriverExecutable(new File(System.getProperty("chromedriver", "/usr/bin/chromedriver")))
			.build();
		this.browser = new ChromeDriver(driver, options);
		resize(1280, 1400);
	}

	/**
	 * Open the page and wait until its scripts have run.
	 */
	void open(String url) {
		this.browser.get(url);
		await().atMost(Duration.ofSeconds(30)).until(() -> !elements("#connections form").isEmpty());
	}

	/**
	 * Return what an expression is whose names are those of a module.
	 */
	Object call(String module, String expression) {
		return this.browser.executeAsyncScript("""
				import(document.querySelector('script[type=module]').src.replace('dashboard.js', arguments[0]))
					.then((module) => { with (module) { return %s; } }).then(arguments[1])""".formatted(expression),
				module);
	}

	void resize(int width, int height) {
		this.browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
	}

	void prefer(String colorScheme) {
		this.browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
	}

	/**
	 * Let the page believe that it is hidden, as behind another tab.
	 */
	void hide(boolean hidden) {
		evaluate("""
				Object.defineProperty(document, 'visibilityState', { value: arguments[0], configurable: true });
				document.dispatchEvent(new Event('visibilitychange'));""", hidden ? "hidden" : "visible");
	}

	/**
	 * Return the text of the first element, empty if there is none (any more).
	 */
	String text(String selector) {
		return texts(selector).stream().findFirst().orElse("");
	}

	List<String> texts(String selector) {
		try {
			return elements(selector).stream().map(WebElement::getText).toList();
		}
		catch (StaleElementReferenceException ex) {
			return List.of();
		}
	}

	String attribute(String selector, String name) {
		Object value = evaluate("return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? ''",
				selector, name);
		return (String) value;
	}

	Object evaluate(String script, Object... arguments) {
		return this.browser.executeScript(script, arguments);
	}

	List<WebElement> elements(String selector) {
		return this.browser.findElements(By.cssSelector(selector));
	}

	void click(String selector) {
		this.browser.findElement(By.cssSelector(selector)).click();
	}

	void choose(String server) {
		elements(".card").stream().filter((card) -> card.getText().contains(server)).findFirst().orElseThrow().click();
	}

	void search(String field, String value) {
		WebElement input = this.browser.findElement(By.cssSelector("#connections input[name=" + field + "]"));
		input.clear();
		input.sendKeys(value);
	}

	/**
	 * Return what the console warned of since it was asked last: violations of the
	 * policy, uncaught exceptions, failed requests.
	 */
	List<LogEntry> complaints() {
		return this.browser.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.toList();
	}

	void save(String name) {
		try {
			Path directory = Files.createDirectories(Path.of("target", "screenshots"));
			Files.write(directory.resolve(name + ".png"), this.browser.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.browser.quit();
	}

}
