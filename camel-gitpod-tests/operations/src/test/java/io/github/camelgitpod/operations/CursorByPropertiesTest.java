package io.github.camelgitpod.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.state.JdbcStateRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cursor in a database without a line of Java, by the properties that the page prints. */
@Tag("source-tree")
class CursorByPropertiesTest {
    private static final Path PAGE = Path.of("../../src-docs/modules/ROOT/pages/gitpod-component.adoc");
    private static final Pattern PRINTED =
            Pattern.compile("----\n(camel\\.beans\\.database .*?)----\n", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void theCursorIsInTheDatabase() throws Exception {
        Matcher printed = PRINTED.matcher(Files.readString(PAGE));
        assertThat(printed.find()).isTrue();
        String h2 = printed.group(1)
                .replace("org.postgresql.ds.PGSimpleDataSource", "org.h2.jdbcx.JdbcDataSource")
                .replace("jdbc:postgresql://database.example/audit", "jdbc:h2:mem:cursors;DB_CLOSE_DELAY=-1")
                .replace("{{env:DATABASE_PASSWORD}}", "secret");
        Path properties = Files.writeString(directory.resolve("application.properties"), h2);
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + properties);
        try (GitpodSimulator simulator = GitpodSimulator.start()) {
            simulator.properties().forEach(main::addInitialProperty);
            main.configure().addLambdaRouteBuilder(route -> route.from(
                            "gitpod:auditLogs?initialDelay=0&stateRepository=#bean:cursors")
                    .routeId("audit-log")
                    .log("${body}"));
            main.start();
            JdbcStateRepository cursors =
                    main.getCamelContext().getRegistry().lookupByNameAndType("cursors", JdbcStateRepository.class);
            await().until(() -> cursors.getState("audit-log/auditLogs") != null);
        } finally {
            main.stop();
        }
    }
}
