package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GitpodSimulatorMainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private CommandLine commandLine() {
        return GitpodSimulatorMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }

    @Test
    void saysHowToPointARouteAtIt() throws InterruptedException {
        Thread thread = new Thread(
                () -> commandLine().execute("--port", "0", "--history", "50", "--live-rate", "0", "--seed", "4"));
        thread.start();
        await().until(() -> out.toString().contains("Interrupt"));
        assertThat(out.toString())
                .containsPattern("GITPOD_BASE_URL=http://127\\.0\\.0\\.1:\\d+/api")
                .containsPattern("GITPOD_API_KEY=simulated-[0-9a-f]+")
                .contains("50 audit-log entries", "gitpod:auditLogs");
        thread.interrupt();
        thread.join(5000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aTokenThatWasGivenIsNotShown() throws InterruptedException {
        Thread thread = new Thread(() -> commandLine()
                .execute(
                        "--port",
                        "0",
                        "--token",
                        "s3cret",
                        "--epoch",
                        "2026-01-01T00:00:00Z",
                        "--live-rate",
                        "0.0001"));
        thread.start();
        await().until(() -> out.toString().contains("Interrupt"));
        assertThat(out.toString()).doesNotContain("s3cret").contains("since 2026-01-01T00:00:00Z");
        thread.interrupt();
        thread.join(5000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(commandLine().execute("--history", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("history must not be negative");
    }
}
