package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the page queries.adoc do what it says, in Java and in YAML. */
class QueriesTest {
    private static final Path PAGE = Path.of("../../src-docs/modules/ROOT/pages/queries.adoc");

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void theExamplesWork(String language) throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        List<Entry> entries = IntStream.range(0, 150)
                .mapToObj(i -> gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(1_000 - i))))
                .toList();
        Entry entry = entries.get(100);
        gitpod.auditLog().details(entry.id(), "{\"vetoExec\":{}}");
        try (DefaultCamelContext context = context(gitpod)) {
            load(context, language);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();

            String from = entries.get(20).createdAt();
            template.sendBodyAndHeaders(
                    "direct:month",
                    null,
                    Map.of(
                            "CamelGitpodFrom",
                            from,
                            "CamelGitpodTo",
                            entries.get(140).createdAt()));
            assertThat(Files.readString(Path.of("target/queries", from + ".json")))
                    .isEqualTo(entries.subList(20, 140).stream()
                            .map(Entry::json)
                            .collect(Collectors.joining(",", "[", "]")));

            MockEndpoint history = context.getEndpoint("mock:history", MockEndpoint.class);
            history.expectedBodiesReceived(entry.json());
            template.sendBody("direct:history", entry.subjectId());
            history.assertIsSatisfied();

            MockEndpoint detailed = context.getEndpoint("mock:entry", MockEndpoint.class);
            detailed.expectedBodiesReceived(entry.json().replaceFirst("}$", ",\"details\":{\"vetoExec\":{}}}"));
            template.sendBody("direct:entry", entry.id());
            detailed.assertIsSatisfied();
        }
    }

    private static DefaultCamelContext context(GitpodSimulator gitpod) {
        DefaultCamelContext context = new DefaultCamelContext();
        GitpodComponent component = context.getComponent("gitpod", GitpodComponent.class);
        component.getConfiguration().setBaseUrl(gitpod.baseUrl());
        component.getConfiguration().setAccessToken(gitpod.accessToken());
        return context;
    }

    private static void load(DefaultCamelContext context, String language) throws Exception {
        if (language.equals("java")) {
            context.addRoutes(new Queries());
            return;
        }
        for (String block : WrittenFiles.blocks(WrittenFiles.read(PAGE), "yaml").toList()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("queries.yaml", block));
        }
        assertThat(context.getRouteDefinitions()).hasSize(3);
    }
}
