package dev.holdfast.sample.chat;

import java.io.File;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Starts windows of Debian's Chromium.
 */
final class Chromium {

	private Chromium() {
	}

	static ChromeDriver start() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary("/usr/bin/chromium");
		options.addArguments("--headless", "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking",
				"--window-size=1100,760");
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(new File("/usr/bin/chromedriver"))
			.build();
		return new ChromeDriver(service, options);
	}

}
