package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the page siem.adoc shows does what it says. */
class SiemRoutesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

    private final Main main = new Main();

    @BeforeEach
    void start() throws Exception {
        extension.simulator().properties().forEach(main::addOverrideProperty);
        main.configure().addRoutesBuilder(new SiemRoutes());
        main.configure().setAutoStartup(false);
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void eachEntryIsALineOfEcs() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        List<Entry> entries = List.of(
                gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(60))),
                gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(30))));
        Path file = directory.resolve("audit-log.ndjson");
        CamelContext context = main.getCamelContext();
        AdviceWith.adviceWith(context, "audit-to-siem", route -> {
            route.replaceFromWith("gitpod:auditLogs?from=beginning&initialDelay=0&batching=true&stateDirectory="
                    + directory.resolve("state"));
            route.weaveByToUri("file:data*")
                    .replace()
                    .to("file:" + directory + "?fileName=audit-log.ndjson&fileExist=Append");
        });
        context.getRouteController().startRoute("audit-to-siem");

        await().atMost(ONE_MINUTE)
                .until(() -> Files.exists(file) && Files.readAllLines(file).size() == 2);
        for (int i = 0; i < entries.size(); i++) {
            JsonNode document = MAPPER.readTree(Files.readAllLines(file).get(i));
            assertThat(document.at("/event/id").asText())
                    .isEqualTo(entries.get(i).id());
            assertThat(document.at("/event/original").asText())
                    .isEqualTo(entries.get(i).json());
        }
    }

    @Test
    void anEntryOfOnesOwnBecomesACloudEvent() throws Exception {
        CamelContext context = main.getCamelContext();
        context.getRouteController().startAllRoutes();
        AuditLogEntry entry = new AuditLogEntry(
                "1", null, null, null, null, null, Instant.EPOCH, "1970-01-01T00:00:00Z", null, JsonText.of("{}"));

        byte[] event = context.createProducerTemplate().requestBody("direct:own", entry, byte[].class);

        assertThat(MAPPER.readTree(event).path("source").asText()).isEqualTo("https://app.gitpod.io");
    }
}
