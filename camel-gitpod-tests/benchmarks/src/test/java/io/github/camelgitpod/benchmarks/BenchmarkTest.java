package io.github.camelgitpod.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.benchmarks.reader.BareAuditLogLoop;
import io.github.camelgitpod.benchmarks.reader.BareEventLoop;
import io.github.camelgitpod.benchmarks.reader.GitpodAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.GitpodEventRoute;
import io.github.camelgitpod.benchmarks.reader.HttpAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.HttpEventRoute;
import io.github.camelgitpod.benchmarks.reader.LoopedAuditLogRoute;
import io.github.camelgitpod.benchmarks.server.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BenchmarkTest {

    @Test
    void eachReaderGetsEachEntryAndEachEventOnceAndInOrder() throws Exception {
        try (ServerProcess server = new ServerProcess("256m")) {
            Bench bench = new Bench(server, new Report(new PrintStream(new ByteArrayOutputStream())), false);
            server.bursts(350);

            Bench.Laps laps = bench.auditLog(
                    350,
                    1,
                    new BareAuditLogLoop(),
                    new LoopedAuditLogRoute(),
                    new HttpAuditLogRoute("JSONPath", true),
                    new HttpAuditLogRoute("maps", false),
                    new GitpodAuditLogRoute("gitpod:auditLogs", ""));

            assertThat(laps.rates()).hasSize(5);
            assertThat(laps.requests(new BareAuditLogLoop()).median()).isEqualTo(4);
            assertThat(bench.events(
                                    350,
                                    1,
                                    new BareEventLoop(),
                                    new HttpEventRoute(),
                                    new GitpodEventRoute("gitpod:events", true))
                            .rates())
                    .hasSize(3);
        }
    }

    @Test
    void whatIsMissingTwiceOrOutOfOrderIsNoSpeed() throws Exception {
        assertThat(checked(0, 1, 2)).isNull();
        assertThat(checked(0, 2)).hasMessageContaining("number 1 was expected, number 2 came");
        assertThat(checked(0, 1, 1)).hasMessageContaining("number 2 was expected, number 1 came");
        assertThat(checked(0, 1, 2, 3)).hasMessageContaining("4 came in place of 3");
        OrderCheck incomplete = new OrderCheck(3);
        incomplete.accept(id(0));
        assertThatThrownBy(() -> incomplete.await(Duration.ZERO)).hasMessageContaining("Only 1 of 3");
    }

    @Test
    void aTargetIsReachedByTheMedian() {
        Report report = new Report(new PrintStream(new ByteArrayOutputStream()));
        report.atLeast(0.7, "ratio", Sample.of(1, 2, 3).by(Sample.of(2, 2, 2)), "");
        report.atMost(5, "wait", Sample.of(4, 6, 7), "ms");
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        report.print(new PrintStream(table));

        assertThat(table.toString())
                .containsPattern("ratio +>= 0.70 +1.00 +\\(0.50 to 1.50\\) +reached")
                .containsPattern("wait, ms +<= 5.00 +6.00 +\\(4.00 to 7.00\\) +NOT REACHED");
    }

    private static Throwable checked(int... places) throws Exception {
        OrderCheck check = new OrderCheck(3);
        for (int place : places) {
            check.accept(id(place));
        }
        try {
            check.await(Duration.ofSeconds(1));
            check.verify();
            return null;
        } catch (IllegalStateException e) {
            return e;
        }
    }

    private static String id(int place) {
        return String.format("018d0c5e-7c00-7000-8000-%012x", place);
    }
}
