package io.github.camelgitpod.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import io.github.camelgitpod.simulator.Member;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each recipe reads one and the same audit log, which has all types of subjects with several principals, and all kinds; what comes out
 * is compared entry by entry. The texts tell nothing, or something else than the facts: no recipe may go by them.
 */
class RecipesTest {
    private static final String KIND = "AUDIT_LOG_ENTRY_KIND_";

    @RegisterExtension
    static final GitpodSimulatorExtension GITPOD = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

    @BeforeAll
    static void everyTypeWithSeveralPrincipals() {
        Instant start = GITPOD.simulator().now().minusSeconds(7_200);
        List<Entry> entries = new ArrayList<>();
        for (String type : Entry.subjectTypes()) {
            for (String principal : List.of("USER", "ENVIRONMENT", "AGENT_EXECUTION", "SERVICE_ACCOUNT")) {
                entries.add(entry(start.plusSeconds(entries.size()), type, principal, "RESOURCE_CHANGE"));
            }
        }
        for (String kind : List.of("CREDENTIAL_ACCESS", "ENVIRONMENT_VETO", "AGENT_SECURITY_EXEC_BLOCKED")) {
            entries.add(entry(start.plusSeconds(entries.size()), "RESOURCE_TYPE_ENVIRONMENT", "USER", kind));
        }
        for (String type : List.of("RESOURCE_TYPE_USER_SECRET", "RESOURCE_TYPE_HOST_AUTHENTICATION_TOKEN")) {
            entries.add(entry(start.plusSeconds(entries.size()), type, "ENVIRONMENT", "CREDENTIAL_ACCESS"));
            Entry old = entry(start.plusSeconds(entries.size()), type, "USER", "UNSPECIFIED");
            entries.add(old.withKind(null));
        }
        Entry bare = Entry.at(start.plusSeconds(entries.size())).withAction("Secret created");
        entries.add(bare.withKind(null).withSubject(null, null).withActor(null, null));
        entries.add(bare.withId("01951d94-d6ac-7edf-9021-a044cfd1908f")
                .withSubject("RESOURCE_TYPE_NEWER", "n")
                .withActor("PRINCIPAL_NEWER", "n")
                .withKind(KIND + "NEWER"));
        GITPOD.simulator().auditLog().addAll(entries);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        secrets               | SECRET, ORGANIZATION_SECRET, USER_SECRET, SERVICE_ACCOUNT_SECRET
        sso                   | SSO_CONFIG, SCIM_CONFIGURATION, DOMAIN_VERIFICATION
        tokens                | PERSONAL_ACCESS_TOKEN, SERVICE_ACCOUNT_TOKEN, HOST_AUTHENTICATION_TOKEN
        organization-policies | ORGANIZATION_POLICY, SECURITY_POLICY
        """)
    void anAlertForEachChangeOfTheseTypes(String recipe, String types) throws Exception {
        assertAlerts(recipe, about(types.split(", ")).and(entry -> !(KIND + "CREDENTIAL_ACCESS").equals(entry.kind())));
    }

    @Test
    void anAlertForEachCredentialThatWasRead() throws Exception {
        assertAlerts("credential-access", entry -> (KIND + "CREDENTIAL_ACCESS").equals(entry.kind()));
    }

    @Test
    void aFileForEachPersonInTheServersWords() throws Exception {
        assertFiles(
                "user-actions",
                entry -> "PRINCIPAL_USER".equals(entry.actorPrincipal()),
                entry -> entry.actorId() + ".jsonl",
                Entry::json);
    }

    @Test
    void groupsAndRolesByMonth() throws Exception {
        assertFiles(
                "group-changes",
                about("GROUP", "GROUP_MEMBERSHIP_CHANGED", "ROLE_ASSIGNMENT", "ROLE_ASSIGNMENT_CHANGED"),
                entry -> "group-changes-" + entry.createdAt().substring(0, "yyyy-MM".length()) + ".jsonl",
                Entry::json);
    }

    @Test
    void theStoryOfEachEnvironment() throws Exception {
        assertFiles("environments", about("ENVIRONMENT"), RecipesTest::ofTheSubject, RecipesTest::storyLine);
    }

    @Test
    void whatPeopleChangedAboutProjects() throws Exception {
        assertFiles(
                "project-changes",
                about("PROJECT", "PROJECT_ENVIRONMENT_CLASS")
                        .and(entry -> "PRINCIPAL_USER".equals(entry.actorPrincipal())),
                RecipesTest::ofTheSubject,
                RecipesTest::storyLine);
    }

    @Test
    void theStoryOfEachExecutionOfAWorkflow() throws Exception {
        assertFiles(
                "workflow-executions",
                about("WORKFLOW_EXECUTION", "WORKFLOW_EXECUTION_ACTION"),
                RecipesTest::ofTheSubject,
                RecipesTest::storyLine);
    }

    @Test
    void whatAgentsDid() throws Exception {
        assertFiles(
                "agents",
                entry -> agentWord(entry) != null,
                entry -> "agents-" + entry.createdAt().substring(0, "yyyy-MM-dd".length()) + ".log",
                entry -> entry.createdAt() + " " + agentWord(entry) + ": " + entry.actorId() + " " + entry.action()
                        + " (" + entry.subjectType() + " " + entry.subjectId() + ")");
    }

    private void assertAlerts(String name, Predicate<Entry> expected) throws Exception {
        try (Recipe recipe = new Recipe(name, GITPOD.simulator(), directory)) {
            assertThat(recipe.readToTheEnd().alerts())
                    .isNotEmpty()
                    .containsExactlyElementsOf(
                            expected(expected).map(RecipesTest::alert).toList());
        }
    }

    private void assertFiles(
            String name, Predicate<Entry> expected, Function<Entry, String> file, Function<Entry, String> line)
            throws Exception {
        Map<String, List<String>> files = expected(expected)
                .collect(Collectors.groupingBy(file, TreeMap::new, Collectors.mapping(line, Collectors.toList())));
        try (Recipe recipe = new Recipe(name, GITPOD.simulator(), directory)) {
            assertThat(recipe.readToTheEnd().files(name)).isNotEmpty().isEqualTo(files);
        }
    }

    private static Stream<Entry> expected(Predicate<Entry> which) {
        return GITPOD.simulator().auditLog().entries().stream().filter(which);
    }

    private static Predicate<Entry> about(String... types) {
        Set<String> full =
                Set.of(types).stream().map(type -> "RESOURCE_TYPE_" + type).collect(Collectors.toSet());
        return entry -> entry.subjectType() != null && full.contains(entry.subjectType());
    }

    private static String agentWord(Entry entry) {
        if (List.of(KIND + "ENVIRONMENT_VETO", KIND + "AGENT_SECURITY_EXEC_BLOCKED")
                .contains(String.valueOf(entry.kind()))) {
            return "veto";
        }
        if ("PRINCIPAL_AGENT_EXECUTION".equals(entry.actorPrincipal())) {
            return "by an agent";
        }
        if (about("AGENT", "AGENT_EXECUTION").test(entry)) {
            return "to an agent";
        }
        return "PRINCIPAL_ENVIRONMENT".equals(entry.actorPrincipal()) ? "by an environment" : null;
    }

    private static String alert(Entry entry) {
        return entry.createdAt() + " " + entry.action() + ": " + entry.subjectType() + " " + entry.subjectId() + " by "
                + entry.actorPrincipal() + " " + entry.actorId() + " " + nameOf(entry.actorId());
    }

    private static String nameOf(String actor) {
        return GITPOD.simulator().organization().members().stream()
                .filter(member -> member.userId().equals(actor))
                .map(Member::fullName)
                .findFirst()
                .orElse("");
    }

    private static String storyLine(Entry entry) {
        return entry.createdAt() + " " + entry.action() + " by " + entry.actorPrincipal() + " " + entry.actorId();
    }

    private static String ofTheSubject(Entry entry) {
        return entry.subjectId() + ".log";
    }

    private static Entry entry(Instant createdAt, String type, String principal, String kind) {
        Entry entry = Entry.at(createdAt);
        // Of the people, two that have a name.
        String actor = principal.equals("USER")
                ? GITPOD.simulator()
                        .organization()
                        .members()
                        .get(type.length() % 2)
                        .userId()
                : entry.actorId();
        // A word that fits any recipe, so that one that went by it would take all.
        return entry.withAction("Veto Exec blocked: agent reads the secret token of the SSO policy")
                .withSubject(type, entry.subjectId())
                .withActor("PRINCIPAL_" + principal, actor)
                .withKind(KIND + kind);
    }
}
