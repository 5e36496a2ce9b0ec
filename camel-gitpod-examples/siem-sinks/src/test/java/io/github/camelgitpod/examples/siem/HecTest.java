package io.github.camelgitpod.examples.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.examples.siem.HttpSink.Answer;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A Splunk that says yes, and is restarted before it has indexed what it took; is busy; and indexes what it could not tell. */
class HecTest {
    private static final String EVENTS = "/services/collector/event";

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().history(1_000));

    @TempDir
    Path directory;

    @Test
    void eachEntryIsIndexedWhateverHappens() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        Set<String> expected = Set.copyOf(gitpod.auditLog().ids());
        Splunk splunk = new Splunk();
        try (HttpSink port = new HttpSink(splunk::take)) {
            port.at(EVENTS, 3, request -> {
                Answer accepted = splunk.take(request);
                splunk.restart();
                return accepted;
            });
            port.at(EVENTS, 6, request -> new Answer(503, "{\"text\":\"Server is busy\",\"code\":9}"));
            port.at(EVENTS, 9, request -> {
                splunk.take(request);
                return null;
            });

            Map<String, String> settings =
                    Map.of("hec.url", port.url(), "hec.token", Splunk.TOKEN, "hec.questions", "5", "sink.pause", "5");
            try (Forwarding route = new Forwarding("hec", gitpod, directory, settings)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> splunk.indexed().ids().equals(expected));
            }

            assertThat(splunk.indexed().repeated())
                    .as("of the request without an answer, and of no other")
                    .isBetween(1L, 100L);
            assertThat(splunk.lost()).as("accepted, and lost by a restart").isPositive();
            splunk.indexed()
                    .report(
                            "Splunk HEC",
                            "restarted before it had indexed " + splunk.lost() + " accepted events; 503; answer lost",
                            expected.size());
        }
    }
}
