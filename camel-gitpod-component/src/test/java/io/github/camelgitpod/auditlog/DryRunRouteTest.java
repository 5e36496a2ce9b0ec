package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A dry run tells what would be done, and does nothing of it. */
class DryRunRouteTest {

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @BeforeEach
    void fill() {
        IntStream.range(0, 250).forEach(i -> simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(i / 2))));
    }

    @Test
    void tellsWhoWhatAndHowMuchAndThenAsksNoMore() throws Exception {
        List<String> said = dryRun("from=beginning&subjectTypes=environment,sso_config&pageSize=50");

        assertThat(said)
                .anySatisfy(line -> assertThat(line).contains("user ", simulator.organizationId(), "plan enterprise"))
                .anySatisfy(line -> assertThat(line).contains("access to the audit log: granted"))
                .anySatisfy(line -> assertThat(line).contains("the server's clock says", "this machine's agrees"))
                .anySatisfy(
                        line -> assertThat(line)
                                .contains(
                                        "filter: subjectTypes=RESOURCE_TYPE_ENVIRONMENT,RESOURCE_TYPE_SSO_CONFIG; read in pages of 50 entries"))
                .anySatisfy(line -> assertThat(line).contains("no stored cursor"))
                .anySatisfy(line -> assertThat(line).contains("it is read oldest first"))
                .anySatisfy(line -> assertThat(line).contains("250 entries wait"));
        assertThat(said).noneMatch(line -> line.contains(simulator.accessToken()));
    }

    @Test
    void tellsThatTheClocksDisagree() throws Exception {
        simulator.trouble().on("ListAuditLogs").skewDate(Duration.ofHours(1));

        assertThat(dryRun("from=beginning"))
                .anySatisfy(line -> assertThat(line).contains("they disagree by more than lookback=5m"));
    }

    @Test
    void tellsWhatAnOldServerIs() throws Exception {
        simulator.serverKind(ServerKind.LEGACY_REJECTS);
        assertThat(dryRun("from=beginning"))
                .anySatisfy(line -> assertThat(line).contains("the server is an older one"))
                .anySatisfy(line -> assertThat(line).contains("250 entries wait"));
    }

    @Test
    void countsFromTheStoredCursorAndLeavesItAsItIs() throws Exception {
        try (AuditLogRoute route =
                gitpod.auditLogs("from=beginning&" + gitpod.state()).start()) {
            route.delivered(250).polled();
        }
        IntStream.range(0, 7)
                .forEach(i -> simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(3))));
        List<String> before = state();
        assertThat(dryRun("from=beginning"))
                .anySatisfy(line -> assertThat(line).contains(": stored cursor"))
                .anySatisfy(line -> assertThat(line).contains("7 entries wait"));
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aRefusalIsAnErrorLikeAnyOther() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("dryRun=true");
        route.token(simulator.memberToken());
        route.start();
        await().until(() -> route.health().getError().isPresent());
        assertThat(route.health().getError().orElseThrow()).hasMessageContaining("audit-log reader role");
    }

    private List<String> dryRun(String options) throws Exception {
        List<String> before = state();
        AuditLogRoute route = gitpod.auditLogs("dryRun=true&" + options + "&" + gitpod.state())
                .start()
                .polled();
        assertThat(route.exchanges()).isEmpty();
        assertThat(state()).isEqualTo(before);
        return gitpod.logs().messages().stream()
                .filter(message -> message.startsWith("Dry run"))
                .toList();
    }

    private List<String> state() throws Exception {
        try (Stream<Path> files = Files.list(gitpod.directory())) {
            return files.sorted()
                    .map(file -> {
                        try {
                            return file + " " + Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }
}
