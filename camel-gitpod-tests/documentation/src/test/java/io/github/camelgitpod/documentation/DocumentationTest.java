package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodEndpoint;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documentation shows can be typed: each URI makes a consumer or a producer, each route of YAML or XML a route. */
class DocumentationTest {
    private static final Pattern QUERY = Pattern.compile("[?&](operation|limit|sort)=");
    private static final Pattern DATA_TYPE = Pattern.compile("gitpod:application-[a-z+]+");

    @TestFactory
    Stream<DynamicTest> urisAreValid() {
        // Those with placeholders are the catalog's matter.
        List<String> uris = WrittenFiles.documentation().stream()
                .flatMap(file -> WrittenUris.in(WrittenFiles.read(file), "gitpod"))
                .filter(uri -> !uri.contains("{{"))
                .distinct()
                .toList();
        assertThat(uris).hasSizeGreaterThan(10);
        return uris.stream().map(uri -> DynamicTest.dynamicTest(uri, () -> make(uri)));
    }

    @TestFactory
    Stream<DynamicTest> yamlRoutesLoad() {
        return blocks("yaml", 7);
    }

    @TestFactory
    Stream<DynamicTest> xmlRoutesLoad() {
        return blocks("xml", 5);
    }

    @Test
    void dataTypesAreThere() {
        List<String> named = WrittenFiles.all().stream()
                .flatMap(file -> DATA_TYPE.matcher(WrittenFiles.read(file)).results())
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(named).hasSizeGreaterThanOrEqualTo(8).allSatisfy(name -> assertThat(getClass()
                        .getClassLoader()
                        .getResource("META-INF/services/org/apache/camel/transformer/" + name.replace(':', '-')))
                .as(name)
                .isNotNull());
    }

    @Test
    void aWrongOptionWouldBeNoticed() {
        assertThatThrownBy(() -> makeConsumer("gitpod:auditLogs?form=now")).hasMessageContaining("form");
        assertThatThrownBy(() -> loadRoutes(
                        "yaml",
                        "- from:\n    uri: gitpod:auditLogs\n    parameters:\n      pageSize: 0\n"
                                + "    steps:\n      - to: direct:a\n"))
                .hasMessageContaining("pageSize=0");
    }

    private static Stream<DynamicTest> blocks(String language, int atLeast) {
        List<String> blocks = WrittenFiles.documentation().stream()
                .flatMap(file -> WrittenFiles.blocks(WrittenFiles.read(file), language))
                // Those with placeholders are an example's, which a test of its own runs.
                .filter(block -> block.contains("route") && block.contains("gitpod:") && !block.contains("{{"))
                .toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(atLeast);
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.lines().limit(3).map(String::strip).collect(Collectors.joining(" ")),
                        () -> loadRoutes(language, block)));
    }

    /** What it is for, its options tell. */
    private static void make(String uri) throws Exception {
        if (QUERY.matcher(uri).find()) {
            makeProducer(uri);
        } else {
            makeConsumer(uri);
        }
    }

    private static void makeProducer(String uri) throws Exception {
        try (CamelContext context = context()) {
            context.start();
            context.getEndpoint(uri).createProducer().close();
        }
    }

    private static void makeConsumer(String uri) throws Exception {
        try (CamelContext context = context()) {
            context.start();
            context.getEndpoint(uri).createConsumer(exchange -> {}).close();
        }
    }

    private static void loadRoutes(String language, String block) throws Exception {
        try (CamelContext context = context()) {
            // Enough to make endpoints and consumers, and nothing is polled.
            context.setAutoStartup(false);
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("documentation." + language, block));
            context.start();
            assertThat(context.getEndpoints()).anyMatch(GitpodEndpoint.class::isInstance);
        }
    }

    private static CamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        GitpodComponent component = new GitpodComponent(context);
        component.getConfiguration().setAccessToken("not-needed");
        context.addComponent("gitpod", component);
        // The bean that the pages speak of.
        context.getRegistry().bind("cursors", new MemoryStateRepository());
        // Where the recipes write.
        context.getPropertiesComponent().addOverrideProperty("data", "target/data");
        return context;
    }
}
