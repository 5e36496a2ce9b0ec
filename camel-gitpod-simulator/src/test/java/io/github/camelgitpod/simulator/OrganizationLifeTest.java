package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.protocol.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrganizationLifeTest {

    private static final Instant EPOCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant LATER = EPOCH.plus(Duration.ofHours(1));

    private static GitpodSimulator unborn(long seed) {
        return GitpodSimulator.builder()
                .seed(seed)
                .epoch(EPOCH)
                .clock(new SettableClock("2026-03-01T00:00:00Z"))
                .start();
    }

    private static List<String> lines(GitpodSimulator simulator) {
        return simulator.auditLog().entries().stream().map(Entry::json).toList();
    }

    @Test
    void isTheSameInWhateverSteps() {
        try (GitpodSimulator atOnce = unborn(5);
                GitpodSimulator inSteps = unborn(5);
                GitpodSimulator other = unborn(6)) {
            atOnce.organization().advanceTo(LATER);
            for (Instant t = EPOCH; t.isBefore(LATER); t = t.plusMillis(700)) {
                inSteps.organization().advanceTo(t);
            }
            inSteps.organization().advanceTo(LATER);
            other.organization().advanceTo(LATER);
            assertThat(lines(atOnce)).hasSizeGreaterThan(3000).isEqualTo(lines(inSteps));
            assertThat(atOnce.organization().environments())
                    .isNotEmpty()
                    .isEqualTo(inSteps.organization().environments());
            assertThat(atOnce.organizationId()).isEqualTo(inSteps.organizationId());
            assertThat(lines(other)).doesNotContainAnyElementsOf(lines(atOnce));
        }
    }

    @Test
    void changesByHandDoNotDisturbIt() {
        try (GitpodSimulator left = unborn(5);
                GitpodSimulator touched = unborn(5)) {
            left.organization().advanceTo(LATER);
            Entry added = touched.auditLog().add(Entry.at(EPOCH));
            touched.organization().advanceTo(LATER);
            assertThat(lines(touched)).contains(added.json()).containsAll(lines(left));
        }
    }

    @Test
    void entriesAreInOrderToTheMicrosecondWithIdsOfTheirTime() {
        try (GitpodSimulator simulator = unborn(9)) {
            simulator.organization().advanceTo(LATER);
            Set<String> ids = new HashSet<>();
            Instant last = EPOCH;
            for (Entry entry : simulator.auditLog().entries()) {
                assertThat(entry.time()).isAfter(last).isBeforeOrEqualTo(LATER);
                assertThat(entry.time().getNano() % 1000).isZero();
                UUID id = UUID.fromString(entry.id());
                assertThat(id.version()).isEqualTo(7);
                assertThat(id.variant()).isEqualTo(2);
                assertThat(id.getMostSignificantBits() >>> 16)
                        .isEqualTo(entry.time().toEpochMilli());
                assertThat(ids.add(entry.id())).isTrue();
                last = entry.time();
            }
        }
    }

    @Test
    void isVaried() {
        try (GitpodSimulator simulator = unborn(2)) {
            simulator.organization().advanceTo(LATER);
            List<Entry> entries = simulator.auditLog().entries();
            assertThat(entries)
                    .extracting(Entry::actorPrincipal)
                    .contains(
                            "PRINCIPAL_USER",
                            "PRINCIPAL_RUNNER",
                            "PRINCIPAL_ENVIRONMENT",
                            "PRINCIPAL_RUNNER_MANAGER",
                            "PRINCIPAL_SERVICE_ACCOUNT");
            assertThat(entries)
                    .extracting(Entry::subjectType)
                    .contains(
                            "RESOURCE_TYPE_ENVIRONMENT",
                            "RESOURCE_TYPE_TASK",
                            "RESOURCE_TYPE_TASK_EXECUTION",
                            "RESOURCE_TYPE_SERVICE",
                            "RESOURCE_TYPE_SSO_CONFIG",
                            "RESOURCE_TYPE_PERSONAL_ACCESS_TOKEN");
            assertThat(entries)
                    .extracting(Entry::kind)
                    .contains("AUDIT_LOG_ENTRY_KIND_CREDENTIAL_ACCESS", "AUDIT_LOG_ENTRY_KIND_ENVIRONMENT_VETO");
            assertThat(entries).extracting(Entry::action).contains("Environment deleted");
            assertThat(simulator.organization().environments()).hasSizeLessThanOrEqualTo(40);
        }
    }

    @Test
    void someVetoesHaveDetailsAndSomeHaveNone() {
        try (GitpodSimulator simulator = unborn(2)) {
            simulator.organization().advanceTo(LATER);
            SimulatorClient client = new SimulatorClient(simulator);
            Set<Boolean> detailed = new HashSet<>();
            Set<String> actions = new HashSet<>();
            for (Entry entry : simulator.auditLog().entries()) {
                if ("AUDIT_LOG_ENTRY_KIND_ENVIRONMENT_VETO".equals(entry.kind())) {
                    JsonNode answer = client.json("GetAuditLog", "{\"auditLogEntryId\":\"" + entry.id() + "\"}");
                    JsonNode veto = answer.at("/details/vetoExec");
                    detailed.add(veto.isObject());
                    if (veto.isObject()) {
                        assertThat(veto.get("environmentId").asText()).isEqualTo(entry.subjectId());
                        assertThat(veto.at("/process/pid").isInt()).isTrue();
                        String filename = veto.path("filename").asText();
                        String executable = veto.path("executable").asText();
                        String action = veto.get("action").asText();
                        assertThat(entry.action())
                                .isEqualTo("Veto Exec "
                                        + (action.equals("KERNEL_CONTROLS_ACTION_BLOCK") ? "blocked" : "audited")
                                        + (filename.isEmpty() ? "" : ": " + filename)
                                        + (executable.isEmpty() ? "" : " (" + executable + ")"));
                        assertThat(filename).matches("|/usr/bin/[a-z-]+");
                        assertThat(executable).matches("|sha256:[0-9a-f]{64}");
                        actions.add(action + filename.isEmpty() + executable.isEmpty());
                    }
                }
            }
            assertThat(detailed).containsExactlyInAnyOrder(true, false);
            assertThat(actions)
                    .contains(
                            "KERNEL_CONTROLS_ACTION_BLOCKfalsefalse",
                            "KERNEL_CONTROLS_ACTION_AUDITfalsefalse",
                            "KERNEL_CONTROLS_ACTION_BLOCKfalsetrue",
                            "KERNEL_CONTROLS_ACTION_BLOCKtruetrue");
        }
    }

    @Test
    void entriesOfLongAgoHaveTheKindsOfThatTime() {
        Set<String> kinds = new HashSet<>();
        for (long seed = 1; seed <= 5; seed++) {
            try (GitpodSimulator simulator = unborn(seed)) {
                simulator.organization().advanceTo(LATER);
                List<String> all =
                        simulator.auditLog().entries().stream().map(Entry::kind).toList();
                kinds.addAll(all.subList(0, 500));
                assertThat(all.subList(500, all.size()))
                        .noneMatch(kind -> kind.contains("AGENT_SECURITY") || kind.endsWith("UNSPECIFIED"));
            }
        }
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE",
                        "AUDIT_LOG_ENTRY_KIND_UNSPECIFIED",
                        "AUDIT_LOG_ENTRY_KIND_AGENT_SECURITY_EXEC_BLOCKED",
                        "AUDIT_LOG_ENTRY_KIND_AGENT_SECURITY_EXEC_AUDITED");
    }

    @Test
    void whoActsHasAName() {
        try (GitpodSimulator simulator = unborn(2)) {
            simulator.organization().advanceTo(LATER);
            List<Entry> entries = simulator.auditLog().entries();
            assertThat(entries)
                    .filteredOn(entry -> entry.actorPrincipal().equals("PRINCIPAL_USER"))
                    .extracting(Entry::actorId)
                    .isSubsetOf(simulator.organization().members().stream()
                            .map(Member::userId)
                            .toList());
            assertThat(entries)
                    .filteredOn(entry -> entry.actorPrincipal().equals("PRINCIPAL_SERVICE_ACCOUNT"))
                    .isNotEmpty()
                    .extracting(Entry::actorId)
                    .isSubsetOf(simulator.organization().serviceAccounts().stream()
                            .map(ServiceAccount::id)
                            .toList());
        }
    }

    @Test
    void peopleLogInBeforeTheyLogOut() {
        try (GitpodSimulator simulator = unborn(2)) {
            simulator.organization().advanceTo(LATER);
            Set<String> in = new HashSet<>();
            int out = 0;
            for (Entry entry : simulator.auditLog().entries()) {
                if (entry.action().equals("User logged in")) {
                    assertThat(in.add(entry.actorId())).isTrue();
                } else if (entry.action().equals("User logged out")) {
                    assertThat(in.remove(entry.actorId())).isTrue();
                    out++;
                }
            }
            assertThat(out).isPositive();
        }
    }

    @Test
    void logAndStreamsTellTheSameStory() {
        try (GitpodSimulator simulator = unborn(3)) {
            SimulatorClient client = new SimulatorClient(simulator);
            StreamReader reader = new StreamReader(client.open("{}"));
            simulator.organization().advanceTo(EPOCH.plusSeconds(600));
            List<String> told = simulator.auditLog().entries().stream()
                    .filter(entry -> List.of("ENVIRONMENT", "PROJECT", "RUNNER")
                                    .contains(entry.subjectType().substring("RESOURCE_TYPE_".length()))
                            && !entry.action().startsWith("Veto"))
                    .map(Entry::subjectId)
                    .toList();
            await().untilAsserted(() -> assertThat(reader.resourceIds()).isEqualTo(told));
        }
    }

    @Test
    void tasksAreOnTheStreamOfTheirEnvironment() {
        try (GitpodSimulator simulator = unborn(3)) {
            simulator.organization().advanceTo(EPOCH.plusSeconds(600));
            SimulatorClient client = new SimulatorClient(simulator);
            Environment environment = simulator.organization().environments().stream()
                    .filter(one -> one.phase().equals("ENVIRONMENT_PHASE_RUNNING"))
                    .reduce((first, second) -> second)
                    .orElseThrow();
            StreamReader reader = new StreamReader(client.open("{\"environmentId\":\"" + environment.id() + "\"}"));
            Instant now = EPOCH.plusSeconds(600);
            while (simulator.auditLog().entries().stream()
                    .noneMatch(entry -> entry.time().isAfter(EPOCH.plusSeconds(600))
                            && environment.id().equals(entry.actorId())
                            && "RESOURCE_TYPE_TASK_EXECUTION".equals(entry.subjectType()))) {
                now = now.plusSeconds(10);
                simulator.organization().advanceTo(now);
            }
            await().untilAsserted(() -> assertThat(reader.text()).contains("RESOURCE_TYPE_TASK_EXECUTION"));
        }
    }

    @Test
    void historyHasAsManyEntriesAsAskedForAndAStableEpoch() {
        SettableClock clock = new SettableClock("2026-03-01T12:00:00.123456789Z");
        try (GitpodSimulator first =
                GitpodSimulator.builder().clock(clock).history(1500).start()) {
            assertThat(first.auditLog().size()).isEqualTo(1500);
            try (GitpodSimulator second = GitpodSimulator.builder()
                    .clock(clock)
                    .epoch(first.organization().epoch())
                    .start()) {
                assertThat(lines(second)).isEqualTo(lines(first));
            }
        }
    }

    @Test
    void livesWithTheClockUnlessPaused() {
        SettableClock clock = new SettableClock("2026-03-01T12:00:00Z");
        try (GitpodSimulator simulator =
                GitpodSimulator.builder().clock(clock).liveRate(10).start()) {
            simulator.organization().pause();
            clock.advance(Duration.ofMinutes(10));
            assertThat(simulator.auditLog().size()).isZero();
            simulator.organization().resume();
            await().until(() -> simulator.auditLog().size() > 5000);
            assertThat(Json.read(lines(simulator).get(0)).get("action").asText())
                    .isEqualTo("User joined organization");
        }
    }
}
