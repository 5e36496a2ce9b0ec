package io.github.camelgitpod.event.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.event.recovery.GapRecovery.Recovered;
import io.github.camelgitpod.event.stream.GapLog;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import io.github.camelgitpod.testing.RecordedLogs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogRecoveryTest {
    private static final Instant ZERO = Instant.parse("2026-02-18T10:00:00Z");
    private static final EventQuery ORGANIZATION = new EventQuery(null, List.of());
    private static final String ENVIRONMENT = "RESOURCE_TYPE_ENVIRONMENT";
    private static final String PROJECT = "RESOURCE_TYPE_PROJECT";

    private Instant now = ZERO;
    private Duration serverAhead = Duration.ZERO;
    private Duration setBack = Duration.ZERO;
    private final SteadyClock clock = new SteadyClock(
            () -> now.minus(setBack), () -> Duration.between(ZERO, now).toNanos());
    private final MemoryStateRepository repository = new MemoryStateRepository();
    private final GapLog log = new GapLog(() -> now.plus(serverAhead));
    private final List<GitpodEvent> told = new ArrayList<>();
    private GapRecovery recovery = recovery(ORGANIZATION);

    @Test
    void theEntriesOfAGapComeOnceInOrderWithIdAndTime() throws Exception {
        entry(-60);
        String second = entry(20);
        String first = entry(10);
        entry(100);

        Recovered recovered = recover(0, 30);

        assertThat(recovered).isEqualTo(new Recovered(0, 0, 2));
        assertThat(told).extracting(GitpodEvent::entryId).containsExactly(first, second);
        GitpodEvent event = told.get(0);
        assertThat(event.operation()).isEqualTo("RESOURCE_OPERATION_CREATE");
        assertThat(event.resourceType()).isEqualTo(ENVIRONMENT);
        assertThat(event.resourceId()).isEqualTo("e");
        assertThat(event.createdAt()).isEqualTo("2026-02-18T10:00:10Z");
        assertThat(event.synthetic()).isFalse();
        assertThat(event.json().toString()).contains("\"action\":\"Environment created\"");
    }

    /** Not one of them, because they have the same id: none. */
    @Test
    void entriesWithoutAnIdComeOnceEach() throws Exception {
        log.add(null, at(10), at(10), ENVIRONMENT, "e", "Environment created");
        log.add(null, at(11), at(11), ENVIRONMENT, "e", "Environment deleted");

        assertThat(recover(0, 30)).isEqualTo(new Recovered(0, 0, 2));

        recovery = recovery(ORGANIZATION);
        assertThat(recover(5, 30)).isEqualTo(new Recovered(0, 0, 0));
        assertThat(told)
                .extracting(GitpodEvent::operation)
                .containsExactly("RESOURCE_OPERATION_CREATE", "RESOURCE_OPERATION_DELETE");
    }

    @Test
    void withoutAGapNothingIsAsked() throws Exception {
        entry(0);

        assertThat(recovery.recover(log, null, told::add)).isEqualTo(Recovered.NOTHING);

        assertThat(log.requests).isZero();
    }

    @Test
    void noEntryComesTwiceBetweenTwoGapsNotEvenAfterARestart() throws Exception {
        String first = entry(28);
        String second = entry(31);
        recover(0, 30);

        String third = entry(33);
        recover(32, 40);
        recovery = recovery(ORGANIZATION);
        String fourth = entry(44);
        recover(41, 50);

        assertThat(told).extracting(GitpodEvent::entryId).containsExactly(first, second, third, fourth);
    }

    @Test
    void eachGapIsReadTwiceHoweverManyThereAre() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            entry(i);
        }
        for (int gap = 0; gap < 100; gap++) {
            recover(gap * 20, gap * 20 + 1);
        }
        assertThat(told).extracting(GitpodEvent::entryId).doesNotHaveDuplicates();
        int before = told.size();

        now = at(2_000).plus(Duration.ofMinutes(10));
        recovery.lookAgain(log, null, told::add);

        assertThat(told).hasSize(before);
        assertThat(log.requests).isEqualTo(200);
        assertThat(recovery.lookAgainIn()).isNull();
    }

    @Test
    void theLastMinutesOfAGapAreReadOnceMore() throws Exception {
        String late = log.add(at(10), at(200), ENVIRONMENT, "e", "Environment created");
        recover(0, 30);
        assertThat(recovery.lookAgainIn()).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(310));

        now = at(30).plus(recovery.lookAgainIn());
        Recovered recovered = recovery.lookAgain(log, null, told::add);

        assertThat(recovered.auditEntries()).isEqualTo(1);
        assertThat(told).extracting(GitpodEvent::entryId).containsExactly(late);
        assertThat(recovery.lookAgainIn()).isNull();
    }

    @Test
    void whatCannotBeReadNowIsReadWithTheNextGap() throws Exception {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            entries.add(entry(i));
        }
        log.failures.add(Optional.empty());
        log.failures.add(Optional.of(GapLog.answer(503)));

        assertThatThrownBy(() -> recover(0, 250)).isInstanceOf(IOException.class);
        assertThat(told).isNotEmpty().hasSizeLessThan(250);
        recovery = recovery(ORGANIZATION);
        Recovered recovered = recover(1000, 1001);

        assertThat(told).extracting(GitpodEvent::entryId).containsExactlyElementsOf(entries);
        assertThat(recovered.auditEntries()).isPositive();
    }

    @Test
    void afterAFailureALongGapIsReadFromTheLastEntryOn() throws Exception {
        for (int i = 0; i < 700; i++) {
            entry(i);
        }
        log.failures.add(Optional.empty());
        log.failures.add(Optional.empty());
        log.failures.add(Optional.of(GapLog.answer(503)));
        assertThatThrownBy(() -> recover(0, 700)).isInstanceOf(IOException.class);
        int before = log.requests;

        recover(5000, 5001);

        assertThat(told).hasSize(700);
        // Six pages from the 200th entry on, and one for the new gap.
        assertThat(log.requests - before).isEqualTo(7);
    }

    @Test
    void withoutTheRoleTheStreamGoesOnAndTheRoleIsTakenUp() throws Exception {
        entry(10);
        log.failures.add(Optional.of(GapLog.answer(403)));

        assertThat(recover(0, 30)).isEqualTo(Recovered.NOTHING);
        String later = entry(1000);
        recover(995, 1005);

        assertThat(told).extracting(GitpodEvent::entryId).containsExactly(later);
    }

    /** Two gaps are refused, then there is the role; the third gap comes before the server may be asked again. */
    @Test
    void whatCouldNotBeAskedIsOwedUntilItIs() throws Exception {
        log.failures.add(Optional.of(GapLog.answer(403)));
        log.failures.add(Optional.of(GapLog.answer(403)));
        recover(0, 1);
        recover(10, 11);
        log.failures.add(Optional.of(GapLog.answer(403).repeatedFor(Duration.ofSeconds(10))));
        String third = entry(20);
        assertThatThrownBy(() -> recover(20, 21))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(10)));
        recovery = recovery(ORGANIZATION);
        String fourth = entry(33);

        assertThat(recover(33, 34).auditEntries()).isEqualTo(2);

        assertThat(told).extracting(GitpodEvent::entryId).containsExactly(third, fourth);
    }

    /** It may be a proxy's, while the server starts behind it: the gap would be lost for good. */
    @ParameterizedTest
    @ValueSource(ints = {302, 404, 405})
    void aRefusalWithoutACodeLeavesTheGapOpenForAMinute(int status) throws Exception {
        String inTheGap = entry(10);
        log.failures.add(Optional.of(GapLog.answer(status)));
        log.failures.add(Optional.of(GapLog.answer(status)));

        for (int second : List.of(30, 89)) {
            assertThatThrownBy(() -> recover(0, second)).hasMessageContaining("" + status);
        }
        assertThat(recover(0, 90).auditEntries()).isEqualTo(1);
        assertThat(told).extracting(GitpodEvent::entryId).containsExactly(inTheGap);

        String later = entry(1000);
        log.failures.add(Optional.of(GapLog.answer(status)));
        log.failures.add(Optional.of(GapLog.answer(status)));
        assertThatThrownBy(() -> recover(990, 1010)).hasMessageContaining("" + status);
        assertThat(recover(990, 1070)).as("believed by then").isEqualTo(Recovered.NOTHING);
        assertThat(told).extracting(GitpodEvent::entryId).doesNotContain(later);
    }

    @Test
    void onlyWhatTheRouteWantsIsCounted() throws Exception {
        entry(10);
        log.add(at(20), Instant.EPOCH, ENVIRONMENT, "e", "Environment deleted");
        now = at(30);

        Recovered recovered = recovery.recover(log, new StreamGap(at(0), at(30), "reset", 1), event -> event.operation()
                .endsWith("DELETE"));

        assertThat(recovered.auditEntries()).isEqualTo(1);
    }

    @Test
    void aMissingRoleIsReportedOnceAndOnceMoreWhenItIsThere() throws Exception {
        try (RecordedLogs logs = new RecordedLogs()) {
            for (int i = 0; i < 3; i++) {
                log.failures.add(Optional.of(GapLog.answer(403)));
                recover(i * 100, i * 100 + 30);
            }
            assertThat(logs.warnings()).hasSize(1);

            recover(1000, 1005);
            recover(2000, 2005);
            assertThat(logs.messages(Level.INFO)).hasSize(1);
        }
    }

    @Test
    void idsThatCannotComeAgainAreForgotten() throws Exception {
        String old = entry(10);
        recover(0, 30);
        assertThat(repository.getState("entries")).contains(old);

        now = at(10_000);
        recovery.lookAgain(log, null, told::add);
        recover(10_000, 10_001);

        assertThat(repository.getState("entries")).doesNotContain(old);
    }

    @Test
    void aServerWhoseTimeIsNotKnownIsAskedForItFirst() throws Exception {
        serverAhead = Duration.ofSeconds(600);
        log.timeUnknown = true;
        String wanted = entry(610);

        recover(0, 30);

        assertThat(told).extracting(GitpodEvent::entryId).containsExactly(wanted);
    }

    @Test
    void aTokenThatIsRefusedIsNoMissingRole() throws Exception {
        String entry = entry(10);
        log.failures.add(Optional.of(GapLog.answer(401)));

        assertThatThrownBy(() -> recover(0, 30)).isInstanceOf(IOException.class);
        recover(31, 32);

        assertThat(told).extracting(GitpodEvent::entryId).containsExactly(entry);
    }

    @Test
    void anOlderServerIsReadNewestFirst() throws Exception {
        log.legacy = true;
        List<String> entries = new ArrayList<>();
        for (int i = -300; i < 700; i++) {
            String id = entry(i);
            if (i >= 95 && i < 405) {
                entries.add(id);
            }
        }
        now = at(700);

        recovery.recover(log, new StreamGap(at(101), at(401), "reset", 1), told::add);

        assertThat(told).extracting(GitpodEvent::entryId).containsExactlyElementsOf(entries);
        assertThat(log.requests).isLessThan(12);
    }

    /** The entries are dated by whichever clock is right. */
    @ParameterizedTest
    @ValueSource(ints = {-600, 600, 2_000_000_000})
    void aWrongClockHereOrThereDoesNotMatter(int seconds) throws Exception {
        serverAhead = Duration.ofSeconds(seconds);
        String byTheServersClock = entry(10 + seconds);
        entry(-60 + seconds);
        String byThisClock = entry(10);
        entry(-60);

        recover(0, 30);

        assertThat(told).extracting(GitpodEvent::entryId).containsExactlyInAnyOrder(byTheServersClock, byThisClock);
    }

    /** The gap began before that, and what happened in it is dated by the server's clock, or by this one as it is set now. */
    @Test
    void aClockThatIsSetBackDuringAGapDoesNotMatter() throws Exception {
        recover(-100, -99);
        setBack = Duration.ofHours(1);
        String byTheServersClock = entry(10);
        String byThisClock = entry(10 - 3600);
        entry(-60);

        recover(0, 30);

        assertThat(told).extracting(GitpodEvent::entryId).containsExactlyInAnyOrder(byTheServersClock, byThisClock);
    }

    @Test
    void onlyTheScopesResourcesAreTold() throws Exception {
        log.add(at(1), ZERO, "RESOURCE_TYPE_USER_SECRET", "s", "Secret created");
        log.add(at(2), ZERO, ENVIRONMENT, "e", "Environment created");
        log.add(at(3), ZERO, PROJECT, "p", "Project created");
        log.add(at(4), ZERO, PROJECT, "q", "Project created");

        recovery = recovery(
                new EventQuery(null, List.of(new ResourceTypeFilter(PROJECT, List.of("p"), List.of("creator")))));
        recover(0, 30);
        recovery = recovery(new EventQuery("e", List.of()));
        recover(0, 30);

        assertThat(told).extracting(GitpodEvent::resourceId).containsExactly("p", "e");
    }

    @Test
    void aGapOfADayIsReadWithoutKeepingItsIds() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            entry(i * 4);
        }

        assertThat(recover(0, 80_000).auditEntries()).isEqualTo(20_000);

        assertThat(repository.getState("entries")).hasSizeLessThan(10_000);
    }

    private GapRecovery recovery(EventQuery query) {
        return GapRecovery.of(query, false, new RecoveredEntriesStore(repository, "entries"), null, clock, null);
    }

    private Recovered recover(int from, int to) throws IOException {
        now = at(to);
        return recovery.recover(log, new StreamGap(at(from), at(to), "reset", 1), told::add);
    }

    private String entry(int second) {
        return log.add(at(second), Instant.EPOCH, ENVIRONMENT, "e", "Environment created");
    }

    private static Instant at(int second) {
        return ZERO.plusSeconds(second);
    }
}
