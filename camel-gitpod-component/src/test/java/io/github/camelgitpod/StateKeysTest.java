package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import io.github.camelgitpod.testing.GitpodTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of two consumers of an application with one state, the second one is refused. */
@Timeout(60)
class StateKeysTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final CamelContext context = gitpod.context();

    @BeforeEach
    void start() {
        context.getRegistry().bind("states", new MemoryStateRepository());
        context.start();
    }

    @ParameterizedTest
    @CsvSource({"events,events", "auditLogs,auditLogs", "events,auditLogs", "auditLogs,events"})
    void twoConsumersWithOneKeyInOneDirectory(String one, String other) throws Exception {
        Path link = Files.createSymbolicLink(gitpod.directory().resolve("link"), gitpod.directory());
        add("first", one, "stateKey=shared&" + gitpod.state());

        assertThatThrownBy(() -> add("second", other, "stateKey=shared&stateDirectory=" + link))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the state key shared in stateDirectory="
                        + gitpod.directory().toRealPath())
                .hasMessageContaining(
                        ": route first (gitpod:%s) and route second (gitpod:%s); allowed:".formatted(one, other))
                .hasMessageContaining("allowed: one consumer for each key");
    }

    @Test
    void twoConsumersWithOneKeyInOneRepository() throws Exception {
        add("first", "events", "stateKey=shared&stateRepository=#states");

        assertThatThrownBy(() -> add("second", "events", "stateKey=shared&stateRepository=#states"))
                .hasMessageContaining("route first", "route second");
    }

    @ParameterizedTest
    @CsvSource({
        "a, a/seen/0",
        "a/seen/12, a",
        "a, a/delivered",
        "a, a/entries",
        "a/resources, a",
        "a, a/resources/changed",
        "a, a/environment/entries",
        "a/environment/resources/changed, a"
    })
    void aKeyUnderWhichTheOtherOneStoresSomething(String one, String other) throws Exception {
        add("first", "auditLogs", "stateKey=" + one + "&stateRepository=#states");

        assertThatThrownBy(() -> add("second", "events", "stateKey=" + other + "&stateRepository=#states"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "the state keys %s and %s, of which the longer one is used by both,".formatted(one, other))
                .hasMessageContainingAll("route first", "route second");
    }

    /** The same endpoint, and so the same memory. */
    @Test
    void twoConsumersWithOneKeyInMemory() throws Exception {
        add("first", "events", "stateKey=shared");

        assertThatThrownBy(() -> add("second", "events", "stateKey=shared"))
                .hasMessageContaining("route first", "route second");
    }

    @Test
    void whatIsNotTheSameStateIsNoConflict() {
        assertThatCode(() -> {
                    add("first", "events", "stateKey=shared&" + gitpod.state());
                    add("second", "events", "stateKey=other&" + gitpod.state());
                    add("below", "events", "stateKey=shared/events&" + gitpod.state());
                    add("longer", "events", "stateKey=sharedentries&" + gitpod.state());
                    add("third", "events", gitpod.state());
                    add("fourth", "auditLogs", gitpod.state());
                    add(
                            "fifth",
                            "auditLogs",
                            "stateKey=shared&stateDirectory="
                                    + gitpod.directory().resolve("below"));
                    add("sixth", "auditLogs", "stateKey=shared&stateRepository=#states");
                    add("seventh", "events", "stateKey=shared");
                    add("eighth", "events", "stateKey=shared&operations=create");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void whatEndedGivesItsStateFree() {
        String options = "stateKey=shared&" + gitpod.state();
        assertThatCode(() -> {
                    add("first", "events", options);
                    context.getRouteController().stopRoute("first");
                    add("second", "events", options);
                    context.getRouteController().stopRoute("second");
                    context.getRouteController().startRoute("first");
                    context.getRouteController().stopRoute("first");
                    context.removeRoute("first");
                    context.getRouteController().startRoute("second");
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> add("third", "events", options)).hasMessageContaining("route second");
    }

    @Test
    void whatCouldNotStartHasNoState() throws Exception {
        String options = "stateKey=shared&" + gitpod.state();
        new CrashSafeFileStateRepository(gitpod.directory()).setState("shared", "no cursor");
        assertThatThrownBy(() -> add("first", "auditLogs", options)).hasMessageContaining("stored under shared");

        assertThatCode(() -> add("second", "events", options)).doesNotThrowAnyException();
    }

    private void add(String route, String resource, String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:" + resource + "?" + options).routeId(route).log("${body}");
            }
        });
    }
}
