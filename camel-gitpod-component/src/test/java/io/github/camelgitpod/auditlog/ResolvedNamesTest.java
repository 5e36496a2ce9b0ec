package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.Member;
import io.github.camelgitpod.simulator.Organization;
import io.github.camelgitpod.simulator.RecordedRequest;
import io.github.camelgitpod.simulator.ServiceAccount;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code resolveNames}: who and what stands behind the ids, for people. */
class ResolvedNamesTest {
    private static final String NOBODY = "0194f5dd-01ca-75f4-a200-000000000000";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final Organization organization = simulator.organization();
    private final Member member = organization.members().get(0);
    private final ServiceAccount account = organization.serviceAccounts().get(0);

    @Test
    void headersSayWhoAndWhat() throws Exception {
        // More than a page of them.
        IntStream.range(0, 120).forEach(i -> organization.createProject("project " + i));
        String project = organization.projects().get(119).id();
        String environment = organization.createEnvironment().id();
        String runner = organization.createRunner("a runner").id();
        add("PRINCIPAL_USER", member.userId(), "RESOURCE_TYPE_PROJECT", project);
        add("PRINCIPAL_SERVICE_ACCOUNT", account.id(), "RESOURCE_TYPE_ENVIRONMENT", environment);
        add("PRINCIPAL_ENVIRONMENT", environment, "RESOURCE_TYPE_USER", member.userId());
        add("PRINCIPAL_RUNNER", runner, "RESOURCE_TYPE_SERVICE_ACCOUNT", account.id());
        add("PRINCIPAL_USER", NOBODY, "RESOURCE_TYPE_RUNNER", runner);
        add(null, null, "RESOURCE_TYPE_GROUP", NOBODY);

        AuditLogRoute route = route("resolveNames=true&to=" + HOUR_AGO.plusSeconds(60) + "&" + gitpod.state())
                .delivered(6)
                .polled();
        String name = organization.environments().get(0).name();
        assertThat(names(route))
                .containsExactly(
                        Map.of(
                                "ActorName",
                                member.fullName(),
                                "ActorEmail",
                                member.email(),
                                "SubjectName",
                                "project 119"),
                        Map.of("ActorName", account.name(), "SubjectName", name),
                        Map.of("ActorName", name, "SubjectName", member.fullName()),
                        Map.of("ActorName", "a runner", "SubjectName", account.name()),
                        Map.of("SubjectName", "a runner"),
                        Map.of());
        assertThat(route.exchanges())
                .extracting(exchange -> exchange.getMessage().getBody(String.class))
                .containsExactlyElementsOf(simulator.auditLog().entries().stream()
                        .limit(6)
                        .map(Entry::json)
                        .toList());
        // For the route, and for nothing else.
        for (String secret : List.of(member.fullName(), member.email(), account.name())) {
            assertThat(gitpod.logs().events())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .noneMatch(line -> line.contains(secret));
            assertThat(state()).noneMatch(text -> text.contains(secret));
        }
    }

    @Test
    void nothingIsListedUnlessItIsWanted() throws Exception {
        add("PRINCIPAL_USER", member.userId(), "RESOURCE_TYPE_USER", member.userId());
        AuditLogRoute route = route("resolveNames=false").delivered(1).polled();

        assertThat(names(route)).containsExactly(Map.of());
        assertThat(simulator.requests().all())
                .extracting(RecordedRequest::method)
                .noneMatch(method -> method.contains("List") && !method.contains("ListAuditLogs"));
    }

    @Test
    void theFirstEntryAwaitsTheFirstNames() throws Exception {
        simulator.trouble().on("ListMembers").times(1).delay(Duration.ofMillis(300));
        add("PRINCIPAL_USER", member.userId(), "RESOURCE_TYPE_USER", member.userId());

        assertThat(names(route("resolveNames=true").delivered(1)).get(0)).containsKeys("ActorName", "SubjectName");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 501})
    void whatIsRefusedIsLeftOutAndToldOnce(int status) throws Exception {
        simulator.trouble().on("ListMembers").respond(status, "refused", "not for you");
        add("PRINCIPAL_USER", member.userId(), "RESOURCE_TYPE_SERVICE_ACCOUNT", account.id());

        AuditLogRoute route =
                route("maxRetries=0&resolveNames=true").delivered(1).polled().polled();
        assertThat(names(route)).containsExactly(Map.of("SubjectName", account.name()));
        assertThat(route.failures()).isEmpty();
        assertThat(gitpod.logs().warnings())
                .filteredOn(warning -> warning.contains("not for you"))
                .singleElement()
                .asString()
                .startsWith("No names of members: ListMembers was answered with " + status);
    }

    /** {@link GitpodTest} sees to it that this takes less than five seconds. */
    @Test
    void aListingThatHangsHoldsUpNoStop() throws Exception {
        simulator.trouble().on("ListMembers").silence();
        add("PRINCIPAL_USER", member.userId(), "RESOURCE_TYPE_USER", member.userId());
        AuditLogRoute route = route("resolveNames=true");
        await().until(() -> !simulator.requests().of("ListMembers").isEmpty());
        route.close();

        assertThat(route.failures()).isEmpty();
    }

    private AuditLogRoute route(String options) throws Exception {
        return gitpod.auditLogs("from=beginning&" + options).start();
    }

    private void add(String principal, String actorId, String subjectType, String subjectId) {
        simulator
                .auditLog()
                .add(Entry.at(HOUR_AGO.plusMillis(simulator.auditLog().size()))
                        .withActor(principal, actorId)
                        .withSubject(subjectType, subjectId));
    }

    private static List<Map<String, Object>> names(AuditLogRoute route) {
        return route.exchanges().stream()
                .map(exchange -> {
                    assertThat(exchange.getMessage().getBody()).isInstanceOf(AuditLogEntry.class);
                    Map<String, Object> names = new TreeMap<>();
                    for (String name : List.of("ActorName", "ActorEmail", "SubjectName")) {
                        Object value = exchange.getMessage().getHeader("CamelGitpod" + name);
                        if (value != null) {
                            names.put(name, value);
                        }
                    }
                    return names;
                })
                .toList();
    }

    private List<String> state() throws IOException {
        try (Stream<Path> files = Files.list(gitpod.directory())) {
            return files.map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }
}
