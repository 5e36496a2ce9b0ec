package io.github.camelgitpod.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
    private static final Path IMAGES = Path.of("../../src-docs/modules/ROOT/images");

    @TempDir
    Path profile;

    @Test
    void areTaken() throws Exception {
        try (GitpodSimulator simulator =
                        GitpodSimulator.builder().history(9_000).liveRate(2).start();
                Dashboard dashboard = Dashboards.start(simulator, Map.of("dashboard.name", "Acme"));
                Browser browser = Browser.start(profile)) {
            browser.open(dashboard.address(), 1280, 900, false);
            await().until(() -> browser.text("#count").startsWith("9,"));
            simulator.trouble().on("WatchEvents").times(3).respond(503, "unavailable", "the server is upgraded");
            simulator.eventStreams().cutAll();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> browser.text(".stream li.gap").contains("recovered"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> browser.run("return document.querySelector('.stream li:nth-child(4).gap') !== null"));
            browser.run("document.querySelector('#log .pill.warn').closest('button').click()");
            browser.run("document.activeElement.blur()");

            take(browser, "dashboard-light.png");
            browser.open(dashboard.address(), 1280, 900, true);
            await().until(() -> browser.text("#live").equals("live") && browser.count("#log > li") == 25);
            browser.run("document.querySelector('#log .pill.warn').closest('button').click()");
            take(browser, "dashboard-dark.png");
            browser.open(dashboard.address(), 360, 780, false);
            await().until(() -> browser.text("#live").equals("live") && browser.count("#log > li") == 25);
            take(browser, "dashboard-narrow.png");
        }
    }

    private static void take(Browser browser, String name) throws Exception {
        // What comes in is tinted for a moment.
        await().until(() -> browser.<Boolean>run(
                "return document.getAnimations().every((one) => one.animationName === 'breathe')"));
        browser.picture(IMAGES.resolve(name));
        assertThat(Files.size(IMAGES.resolve(name))).isPositive();
    }
}
