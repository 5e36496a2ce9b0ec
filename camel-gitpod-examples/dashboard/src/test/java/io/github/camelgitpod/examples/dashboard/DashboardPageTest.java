package io.github.camelgitpod.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser, with the simulator behind it. */
@TestMethodOrder(OrderAnnotation.class)
class DashboardPageTest {
    private static final int HISTORY = 120;
    private static final int SHOWN = 15;
    private static final Map<String, String> NAME = Map.of("dashboard.name", "Acme");

    @TempDir
    static Path profile;

    private static Browser browser;
    private static GitpodSimulator simulator;
    private static Dashboard dashboard;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(profile);
        simulator = GitpodSimulator.builder().history(HISTORY).start();
        dashboard = Dashboards.start(simulator, NAME);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            dashboard.close();
            simulator.close();
        }
    }

    @BeforeEach
    void openThePage() {
        open(1280, false);
    }

    @Test
    void showsWhatThereIsAndWhoDidItAndSaysThatItIsLive() {
        assertThat(browser.text("#server")).isEqualTo("Acme");
        assertThat(browser.<String>run("return document.title")).isEqualTo("Acme: audit log, live");
        assertThat(browser.text("#log")).containsPattern("runner-\\d").contains("changed update_time, status, phase");
        assertThat(browser.text("#more")).isEqualTo("Show 100 more");
        await().atMost(ONE_MINUTE).until(() -> browser.text("#chart-text").contains("entries since"));
        await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(browser.text("#complete"))
                .matches("Complete from \\S+ \\S+ UTC to \\S+ \\S+ UTC: \\d+ entr(y|ies), of them 0 late;"
                        + " not complete: nothing is known to be missing"));
        browser.click("#complete");
        await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(browser.text("#grounds"))
                .contains("complete from ", "It begins there because ", "It rests on this: "));
        assertThat(browser.<Long>run("return document.querySelector('#chart path.s0').getAttribute('d').length"))
                .isPositive();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void anEventIsSeenWithinASecondOnThePagesOwnClock() {
        // The list is watched in the page, so that no question of the test's comes between.
        browser.run("window.seen = new Promise((done) => new MutationObserver((changes) => {"
                + " if (document.querySelector('#stream-log').innerText.includes('…777777')) done(Date.now()); })"
                + ".observe(document.querySelector('#stream-log'), {childList: true}))");

        long published = browser.run("return Date.now()");
        simulator
                .eventStreams()
                .publish(
                        "RESOURCE_OPERATION_CREATE",
                        "RESOURCE_TYPE_ENVIRONMENT",
                        "01a21791-2520-704d-9f27-ce6cdb777777");

        long seen = browser.run("return window.seen");
        assertThat(seen - published).isLessThan(1000);
        assertThat(browser.text("#stream-log > li")).contains("environment created");
    }

    @Test
    void anEntryComesInAtTheTop() {
        simulator.auditLog().add(Entry.at(Instant.now()).withAction("Something new"));

        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(browser.text("#log > li")).contains("Something new"));
    }

    @Test
    void anOddEntryIsShownAndStopsNothing() {
        for (String odd : List.of(
                "{\"id\":\"odd-1\",\"action\":\"Without a time\"}",
                "{\"id\":\"odd-2\",\"action\":{\"a\":1},\"actorId\":5,\"subjectType\":5,\"createdAt\":7}")) {
            dashboard
                    .feed()
                    .publish(
                            "entry",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("text", odd)
                                    .toString());
        }
        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(browser.text("#log")).contains("Without a time", "{\"a\":1}"));

        simulator.auditLog().add(Entry.at(Instant.now()).withAction("Goes on"));

        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(browser.text("#log")).contains("Goes on"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void newEntriesWaitWhileOneIsRead() {
        browser.click("#log > li button");
        String read = browser.text("#log > li");
        simulator.auditLog().add(Entry.at(Instant.now()).withAction("Comes later"));

        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(browser.text("#fresh")).isEqualTo("1 new"));
        assertThat(browser.text("#log > li")).isEqualTo(read);
        browser.click("#fresh");

        assertThat(browser.text("#log > li")).contains("Comes later");
        assertThat(browser.count("#fresh[hidden]")).isOne();
    }

    @Test
    void theSearchNarrowsAndSaysHowMany() {
        simulator.auditLog().add(Entry.at(Instant.now()).withAction("A needle").withActor("PRINCIPAL_USER", "someone"));
        await().atMost(ONE_MINUTE).until(() -> browser.text("#log").contains("A needle"));

        browser.type("#search", "needle SOMEONE");

        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(browser.text("#found")).isEqualTo("1 entry found"));
        assertThat(browser.count("#log > li")).isOne();
        assertThat(browser.text("#count")).startsWith("1 of 1");
        browser.type("#search", "!");
        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(browser.text("#none")).isEqualTo("Nothing with “needle SOMEONE!”."));
    }

    @Test
    void theServersOwnTextIsOneKeyAway() {
        Entry entry = Entry.at(Instant.now()).withAction("To be opened").withExtra("\"new\":{\"deep\":[1,2.50,{}]}");
        simulator.auditLog().add(entry);
        await().atMost(ONE_MINUTE).until(() -> browser.text("#log > li").contains("To be opened"));

        // From the search it is one stop to the list.
        browser.run("document.getElementById('search').focus()");
        browser.press(Keys.TAB);
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ARROW_UP);
        browser.press(Keys.ENTER);

        assertThat(browser.<String>run("return document.activeElement.getAttribute('aria-expanded')"))
                .isEqualTo("true");
        assertThat(browser.text("#log > li.open pre").replaceAll("\\s+", ""))
                .isEqualTo(entry.json().replaceAll("\\s+", ""));
        browser.press(Keys.ESCAPE);
        assertThat(browser.count("#log > li.open")).isZero();
    }

    @Test
    void whatTheServerSendsIsNeverHtml() {
        String hostile =
                "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>\u202Egnp";
        simulator
                .auditLog()
                .add(Entry.at(Instant.now())
                        .withAction(hostile)
                        .withActor("<b>PRINCIPAL</b>", "<i>me</i>")
                        .withSubject("<u>", hostile));
        simulator.eventStreams().publish("RESOURCE_OPERATION_<s>", "<img src=x>", hostile);
        await().atMost(ONE_MINUTE)
                .until(() -> browser.text("#log > li").contains("onerror")
                        && browser.text("#stream-log").contains("<s>"));
        browser.click("#log > li button");
        browser.click("input[value=actor]");

        assertThat(browser.text("#log > li")).contains("<img src=x onerror=", "\\u202egnp");
        assertThat(browser.count("main img, main script, main u, main s, #log b b, #log i i"))
                .isZero();
        assertThat(browser.<String>run("return document.title")).doesNotContain("broken");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aGapIsDrawnAsAGapInTheChartAndInTheList() {
        long before = browser.count("#stream-log > li.gap");
        simulator.eventStreams().cutAll();

        await().atMost(Duration.ofSeconds(20)).until(() -> browser.count("#stream-log > li.gap") > before);
        assertThat(browser.text("#stream-log > li.gap")).contains("missed (");
        await().atMost(ONE_MINUTE).until(() -> browser.count("#chart [data-gap=gap]") > 0);
        assertThat(browser.text("#chart-text")).containsPattern("\\d gaps? in the events");
    }

    @Test
    void fitsAPhoneAndIsDarkWhereTheSystemIs() throws IOException {
        String light = background();
        open(360, true);
        browser.click("#log > li button");

        assertThat(light).isEqualTo("rgb(251, 250, 247)");
        assertThat(background()).isEqualTo("rgb(18, 21, 23)");
        assertThat(browser.<Long>run("return document.documentElement.scrollWidth"))
                .isEqualTo(360);
        assertThat(browser.inaccessible()).isEmpty();
    }

    @Test
    void canBeReadByEveryone() throws IOException {
        browser.click("#log > li button");
        browser.click("#table summary");
        await().atMost(ONE_MINUTE).until(() -> browser.count("#table tbody tr") == 60);

        assertThat(browser.inaccessible()).isEmpty();
        browser.cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        assertThat(browser.<Long>run("return document.getAnimations().length")).isZero();
    }

    @Test
    void saysThatTheAuditLogIsNotRead() {
        try {
            simulator.revokeAuditLogRole();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.text("#live").equals("the audit log is not read: forbidden"));
            assertThat(browser.text("#lost"))
                    .contains("The audit log is not read", "organization admin or audit log reader role required");
        } finally {
            simulator.grantAuditLogRole();
        }
    }

    @Test
    void saysThatItIsNoLongerLiveAndComesBack() throws Exception {
        String entries = browser.text("#count");
        dashboard.close();
        try {
            await().atMost(ONE_MINUTE).until(() -> browser.text("#live").startsWith("no longer live since "));
            assertThat(browser.text("#lost")).contains("does not answer");
            assertThat(browser.text("#count")).isEqualTo(entries);
        } finally {
            dashboard = Dashboards.start(simulator, dashboard.port(), NAME);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.text("#live").equals("live"));
        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(browser.text("#count")).isEqualTo(entries));
        browser.complaints();
    }

    /** The last one, since every page that is opened after it would get them too. */
    @Test
    @Order(Integer.MAX_VALUE)
    void tenThousandEntriesComeWithOneLayoutAFrame() {
        // The page counts by itself, as each question of the test's could cost a layout.
        browser.run("const frame = requestAnimationFrame; window.frames = 0;"
                + " window.requestAnimationFrame = (draw) => { window.frames++; return frame(draw); };"
                + " const count = document.querySelector('#count');"
                + " window.all = new Promise((done) => new MutationObserver(() => {"
                + " if (count.textContent === '10,000') done(window.frames); }).observe(count, {childList: true}))");
        Map<String, Double> before = browser.metrics();
        Instant now = Instant.now();
        for (int i = 10_000; i > 0; i--) {
            Entry entry = Entry.at(now.minusMillis(i)).withAction("Entry number-" + i + ".");
            dashboard
                    .feed()
                    .publish(
                            "entry",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("text", entry.json())
                                    .toString());
        }

        long frames = browser.run("return window.all");
        Map<String, Double> after = browser.metrics();
        System.out.printf(
                "10,000 entries: %.2f s of CPU, of them %.2f s scripts, %.2f s layout and style; %d frames%n",
                spent("TaskDuration", before, after),
                spent("ScriptDuration", before, after),
                spent("LayoutDuration", before, after) + spent("RecalcStyleDuration", before, after),
                frames);
        assertThat(spent("LayoutCount", before, after)).isLessThanOrEqualTo(frames + 3);
        assertThat(browser.count("#log > li")).isEqualTo(SHOWN);
        browser.type("#search", "number-5000.");
        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(browser.text("#count")).isEqualTo("1 of 10,000"));
        assertThat(browser.complaints()).isEmpty();
    }

    private static double spent(String metric, Map<String, Double> before, Map<String, Double> after) {
        return after.get(metric) - before.get(metric);
    }

    private static void open(int width, boolean dark) {
        browser.open(dashboard.address(), width, 900, dark);
        await().atMost(ONE_MINUTE)
                .until(() -> browser.text("#live").equals("live") && browser.count("#log > li") == SHOWN);
        browser.complaints();
    }

    private static String background() {
        return browser.run("return getComputedStyle(document.body).backgroundColor");
    }
}
