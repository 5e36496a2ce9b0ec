package io.github.camelgitpod.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window: Debian's {@code chromium} and {@code chromium-driver}, or others on the path. */
final class Browser implements AutoCloseable {
    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts it in an empty profile. Where there is none, the test is skipped, but not on a build server. */
    static Browser start(Path profile) {
        File browser = onPath("chromium", "chromium-browser", "google-chrome");
        File chromedriver = onPath("chromedriver");
        boolean there = browser != null && chromedriver != null;
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as("chromium and chromedriver on the path, which a build server has to have")
                .isTrue();
        if (!there) {
            System.err.println("SKIPPED: the page's tests need chromium and chromedriver on the path");
        }
        assumeTrue(there, "chromium and chromedriver are on the path");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return new Browser(new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver)
                        .usingAnyFreePort()
                        .build(),
                options));
    }

    private static File onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    /** Opens an address in a window of that size, which is where the page begins. */
    void open(String address, int width, int height, boolean dark) {
        look(width, height, dark);
        driver.get(address);
    }

    /** Changes the window, and leaves the page as it is. */
    void look(int width, int height, boolean dark) {
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    Map<String, Object> cdp(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    /** What the page cost until now: durations in seconds of its thread's CPU, and how often something was done. */
    @SuppressWarnings("unchecked")
    Map<String, Double> metrics() {
        cdp("Performance.enable", Map.of("timeDomain", "threadTicks"));
        return ((List<Map<String, Object>>)
                        cdp("Performance.getMetrics", Map.of()).get("metrics"))
                .stream().collect(Collectors.toMap(one -> (String) one.get("name"), one -> ((Number) one.get("value"))
                        .doubleValue()));
    }

    /** What a script returns. */
    @SuppressWarnings("unchecked")
    <T> T run(String script, Object... arguments) {
        return (T) driver.executeScript(script, arguments);
    }

    /** The text of the first element, as people see it. */
    String text(String selector) {
        return run("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
    }

    long count(String selector) {
        return run("return document.querySelectorAll(arguments[0]).length", selector);
    }

    /** Keys, to whatever has the focus. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void type(String selector, CharSequence... keys) {
        driver.findElement(By.cssSelector(selector)).sendKeys(keys);
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** What the page complained about since this was asked last. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Rules of accessibility that the page breaks, as axe-core finds them. */
    List<String> inaccessible() throws IOException {
        try (InputStream axe = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return run(
                "return axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.flatMap("
                        + "(rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.any[0]?.message ?? rule.help}`)))");
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Object data = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"))
                .get("data");
        Files.write(file, Base64.getDecoder().decode(data.toString()));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
