package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The option {@code kinds}, which the server knows nothing of. */
class KindsTest {
    private static final String PREFIX = "AUDIT_LOG_ENTRY_KIND_";
    private static final List<String> KINDS =
            List.of("RESOURCE_CHANGE", "CREDENTIAL_ACCESS", "ENVIRONMENT_VETO", "SOMETHING_NEW");

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    /** Of each kind, and of none. */
    @BeforeEach
    void fill() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            String kind = i % 5 == 4 ? null : PREFIX + KINDS.get(i % 5);
            entries.add(Entry.at(HOUR_AGO.plusSeconds(i / 3)).withKind(kind));
        }
        simulator.auditLog().addAll(entries);
    }

    @ParameterizedTest
    @EnumSource(ServerKind.class)
    void onlyTheseAreDeliveredWhateverTheServerIs(ServerKind server) throws Exception {
        simulator.serverKind(server);
        AuditLogRoute route = gitpod.auditLogs("from=beginning&kinds=Environment_Veto,credential-access")
                .start();

        List<String> expected = ids(List.of("ENVIRONMENT_VETO", "CREDENTIAL_ACCESS"));
        route.delivered(expected.size()).polled();
        assertThat(route.ids()).containsExactlyElementsOf(expected);
        assertThat(simulator.requests().of("ListAuditLogs"))
                .noneMatch(request -> request.body().contains("kind"));
    }

    @Test
    void anEntryWithoutAKindIsOfTheUnspecifiedOne() throws Exception {
        AuditLogRoute route =
                gitpod.auditLogs("from=beginning&kinds=unspecified").start();

        List<String> expected = ids(entry -> entry.kind() == null);
        route.delivered(expected.size()).polled();
        assertThat(route.ids()).containsExactlyElementsOf(expected);
    }

    @Test
    void aKindThatIsNewerThanThisVersionIsTakenInFullAndTold() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning&kinds=" + PREFIX + "SOMETHING_NEW")
                .start();

        route.delivered(ids(List.of("SOMETHING_NEW")).size());
        assertThat(gitpod.logs().messages())
                .contains("Option kinds has the value " + PREFIX
                        + "SOMETHING_NEW, which this version does not know; it is used as it is");
    }

    /** Otherwise they would be read again with each poll, for ever. */
    @Test
    void whatDoesNotMatchCountsAsDelivered() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning&lookback=50ms&kinds=agent_security_exec_audited")
                .start();
        route.polled().polled();

        assertThat(route.exchanges()).isEmpty();
        assertThat(route.consumer().watermark())
                .hasValueSatisfying(watermark -> assertThat(watermark).isAfter(HOUR_AGO.plusSeconds(80)));
    }

    @ParameterizedTest(name = "{0} to {1} with {2}: {3}")
    @CsvSource({
        "'credential_access,environment_veto', 'environment_veto', fail, keep",
        "'', 'environment_veto', fail, keep",
        "'environment_veto', 'credential_access,environment_veto', fail, refuse",
        "'environment_veto', '', fail, refuse",
        "'environment_veto', 'credential_access', keep, keep",
        "'environment_veto', 'credential_access', reset, reset"
    })
    void theyArePartOfTheStoredFilter(String before, String after, String policy, String outcome) throws Exception {
        String options = "from=beginning&onFilterChange=" + policy + "&" + gitpod.state();
        try (AuditLogRoute route = gitpod.auditLogs(options + kinds(before)).start()) {
            route.delivered(1).polled();
        }
        AuditLogRoute route = gitpod.auditLogs(options + kinds(after));
        if (outcome.equals("refuse")) {
            assertThatThrownBy(route::start)
                    .hasMessageContainingAll("kinds=[" + PREFIX + "ENVIRONMENT_VETO]", "onFilterChange=keep");
            return;
        }
        Entry fresh =
                simulator.auditLog().add(Entry.at(simulator.now()).withKind(PREFIX + after.toUpperCase(Locale.ROOT)));
        route.start().delivered(1).polled();

        assertThat(route.ids()).endsWith(fresh.id()).hasSize(outcome.equals("reset") ? 51 : 1);
    }

    private static String kinds(String list) {
        return list.isEmpty() ? "" : "&kinds=" + list;
    }

    private List<String> ids(Collection<String> kinds) {
        return ids(entry -> entry.kind() != null && kinds.contains(entry.kind().substring(PREFIX.length())));
    }

    private List<String> ids(Predicate<Entry> wanted) {
        return simulator.auditLog().entries().stream()
                .filter(wanted)
                .map(Entry::id)
                .toList();
    }
}
