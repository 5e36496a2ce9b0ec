package io.github.camelgitpod.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the documentation, with {@code -DupdateDocs}. */
@Tag("source-tree")
@EnabledIfSystemProperty(named = "updateDocs", matches = ".*", disabledReason = "pictures are taken with -DupdateDocs")
class PicturesTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    /** Of the whole page, nearly. */
    private static final int HEIGHT = 1240;
    /** How many events come before the gap. */
    private static final int BEFORE = 25;

    private static final Path IMAGES = Path.of("../../src-docs/modules/ROOT/images");

    @TempDir
    Path profile;

    @Test
    void areTaken() throws Exception {
        try (GitpodSimulator simulator =
                        GitpodSimulator.builder().history(9_000).liveRate(2).start();
                Dashboard dashboard = Dashboards.start(simulator, Map.of("dashboard.name", "Acme"));
                Browser browser = Browser.start(profile)) {
            browser.open(dashboard.address(), 1280, HEIGHT, false);
            browser.click("input[value=minutes]");
            await().atMost(LONG).until(() -> number(browser, "#events") > BEFORE);
            simulator.trouble().on("WatchEvents").times(4).respond(503, "unavailable", "the server is upgraded");
            simulator.eventStreams().cutAll();
            await().atMost(LONG).until(() -> browser.text(".stream li.gap").contains("recovered"));
            await().atMost(LONG)
                    .until(() ->
                            browser.run("return document.querySelector('.stream li:nth-child(n+5).gap') !== null"));
            browser.run("document.querySelector('#log .pill.warn').closest('button').click()");
            browser.run("document.activeElement.blur()");

            take(browser, "dashboard-light.png");
            browser.look(1280, HEIGHT, true);
            take(browser, "dashboard-dark.png");
            browser.look(360, 1000, false);
            take(browser, "dashboard-narrow.png");
        }
    }

    private static int number(Browser browser, String selector) {
        return Integer.parseInt("0" + browser.text(selector).replaceAll("\\D", ""));
    }

    private static void take(Browser browser, String name) throws Exception {
        // What comes in is tinted for a moment.
        await().atMost(ONE_MINUTE)
                .until(() -> browser.<Boolean>run(
                        "return document.getAnimations().every((one) => one.animationName === 'breathe')"));
        browser.picture(IMAGES.resolve(name));
        assertThat(Files.size(IMAGES.resolve(name))).isPositive();
    }
}
