package io.github.camelgitpod.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page names the meters that there are; with {@code -DupdateDocs} it is made to. */
@org.junit.jupiter.api.Tag("source-tree")
@Timeout(60)
class MeterTableTest {
    private static final Path PAGE = Path.of("../src-docs/modules/ROOT/pages/operate.adoc");
    private static final String START = "// meters, generated: START\n";
    private static final String END = "// meters, generated: END\n";
    private static final String COMMAND = "mvn -q test -pl camel-gitpod-component -am -Dtest=MeterTableTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -DupdateDocs";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    @Test
    void thePageNamesTheMetersOfRunningRoutes() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        GitpodSimulator simulator = gitpod.simulator();
        gitpod.auditLogs("from=beginning").bind("registry", registry).start().polled();
        EventRoute events = gitpod.events();
        events.context().getRegistry().bind("registry", registry);
        events.start().awaitOpen();
        simulator.eventStreams().endAll();
        await().until(() -> registry.find("gitpod.events.gaps").meter() != null
                && registry.find("gitpod.requests").meter() != null);

        String page = Files.readString(PAGE);
        String updated = page.substring(0, page.indexOf(START) + START.length())
                + table(registry)
                + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("updateDocs")) {
            Files.writeString(PAGE, updated);
            return;
        }
        assertThat(page)
                .as("The table is out of date; rewrite it with: " + COMMAND)
                .isEqualTo(updated);
    }

    private static String table(MeterRegistry registry) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.syntheticAssociation() != null) {
                // A bucket, which this kind of registry shows as a meter of its own.
                continue;
            }
            String tags = id.getTags().stream()
                    .map(Tag::getKey)
                    .filter(tag -> !tag.equals("route"))
                    .map(tag -> "`" + tag + "`")
                    .collect(Collectors.joining(", "));
            rows.put(
                    id.getName(),
                    "|`" + id.getName() + "`\n|"
                            + id.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                            + (id.getBaseUnit() == null ? "" : ", " + id.getBaseUnit())
                            + "\n|" + tags + "\n|" + id.getDescription() + "\n");
        }
        return "[cols=\"3,2,1,5\",options=\"header\"]\n|===\n|Meter |Kind |More tags |What it is\n\n"
                + String.join("\n", rows.values()) + "|===\n";
    }
}
