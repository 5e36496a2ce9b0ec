package io.github.camelgitpod.event.recovery;

import static io.github.camelgitpod.client.ResourceListing.PROJECTS;
import static io.github.camelgitpod.client.ResourceListing.RUNNERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.event.recovery.GapRecovery.Recovered;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.testing.RecordedLogs;
import io.github.camelgitpod.testing.SteadyClocks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a listing makes of the state that the route knows. */
class RelistTest {
    private static final EventQuery ORGANIZATION = new EventQuery(null, List.of());
    private static final int MANY_CHANGES = 256;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final MemoryStateRepository repository = new MemoryStateRepository();
    private final ResourceServer server = new ResourceServer(100);
    private final List<String> told = new ArrayList<>();
    private final RecordedLogs logs = new RecordedLogs();
    private GapRecovery recovery = recovery(ORGANIZATION);

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void whatTheServerHasIsCountedAndTheDifferenceIsTold() throws Exception {
        server.create(PROJECTS, "p", "c");
        server.create(RUNNERS, "r", "c");
        assertThat(recover()).isEqualTo(new Recovered(2, 0, 0));

        server.update(PROJECTS, "p", null);
        server.delete(RUNNERS, "r");
        server.create(PROJECTS, "q", "c");
        server.create(PROJECTS, "s", "c");

        assertThat(recover()).isEqualTo(new Recovered(3, 4, 0));
        assertThat(told).containsExactlyInAnyOrder("UPDATE p", "DELETE r", "CREATE q", "CREATE s");
    }

    @Test
    void withoutRecoveryThereIsNothingToAsk() {
        assertThat(GapRecovery.none().isNone()).isTrue();
        assertThat(recovery.isNone()).isFalse();
    }

    @Test
    void aChangeThatTheRouteHasSeenBeforeACrashIsTakenBackAfterIt() throws Exception {
        server.create(PROJECTS, "p", "c");
        server.create(PROJECTS, "q", "c");
        String before = server.all(PROJECTS).get("p");
        recover();
        server.update(PROJECTS, "p", "changed");
        server.update(PROJECTS, "q", "changed");

        assertThatThrownBy(() -> recover(event -> {
                    if (!told.isEmpty()) {
                        throw new IllegalStateException("crash");
                    }
                    return tell(event);
                }))
                .hasMessage("crash");
        String seen = told.remove(0).substring("UPDATE ".length());
        server.update(PROJECTS, seen, seen.equals("p") ? before : originalOf(seen));
        recovery = recovery(ORGANIZATION);
        recover();

        assertThat(told).contains("UPDATE " + seen);
    }

    /** The versions of the server count up from 1 with each creation. */
    private static String originalOf(String id) {
        return id.equals("q") ? "state2" : "state1";
    }

    @Test
    void whatIsRefusedIsLeftAloneUntilItIsListedAgain() throws Exception {
        server.create(PROJECTS, "p", "c");
        server.create(RUNNERS, "r", "c");
        recover();
        refuseRunners(true);
        server.create(PROJECTS, "q", "c");
        server.create(RUNNERS, "s", "c");

        recover();
        recover();
        assertThat(told).containsExactly("CREATE q");
        assertThat(logs.warnings()).hasSize(1).allMatch(text -> text.startsWith("RESOURCE_TYPE_RUNNER cannot be"));

        refuseRunners(false);
        recover();
        recover();
        assertThat(told).containsExactly("CREATE q", "CREATE s");
        assertThat(logs.messages())
                .filteredOn(text -> text.contains("can be listed again"))
                .hasSize(1);
    }

    @Test
    void aProxys404IsNoRefusal() throws Exception {
        recover();
        server.create(RUNNERS, "r", "c");
        server.failures.add(ResourceServer.answer(404));

        assertThatThrownBy(this::recover).isInstanceOf(ApiException.class);
        recover();

        assertThat(told).containsExactly("CREATE r");
        assertThat(logs.warnings()).isEmpty();
    }

    @Test
    void whatCouldNotBeAskedIsAskedAgainAndTheOthersDoNotWaitForIt() throws Exception {
        recover();
        server.create(PROJECTS, "p", "c");
        server.create(RUNNERS, "r", "c");
        server.refused = RUNNERS;
        server.asked = false;

        assertThatThrownBy(this::recover).isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.isRepeated())
                .isTrue());
        assertThat(told).containsExactly("CREATE p");
        assertThat(logs.warnings()).isEmpty();

        server.refused = null;
        assertThat(recover()).isEqualTo(new Recovered(2, 2, 0));
        assertThat(told).containsExactly("CREATE p", "CREATE r");
    }

    @Test
    void onlyWhatTheRouteWantsIsCounted() throws Exception {
        recover();
        server.create(PROJECTS, "p", "c");

        assertThat(recover(event -> false)).isEqualTo(new Recovered(1, 0, 0));

        assertThat(recover()).as("it is known all the same").isEqualTo(new Recovered(1, 0, 0));
    }

    @Test
    void anEventOfTheStreamMakesAResourceKnown() throws Exception {
        recover();
        server.create(PROJECTS, "p", "c");
        recovery.observed(event("CREATE", PROJECTS, "p"));
        server.delete(PROJECTS, "p");

        recover();

        assertThat(told).containsExactly("DELETE p");
    }

    @Test
    void aDeletionOfTheStreamForgetsAResource() throws Exception {
        server.create(PROJECTS, "p", "c");
        recover();
        server.delete(PROJECTS, "p");
        recovery.observed(event("DELETE", PROJECTS, "p"));

        recover();

        assertThat(told).isEmpty();
    }

    @Test
    void theDeletionOfAnUnknownResourceIsNotStored() throws Exception {
        recover();

        recovery.observed(event("DELETE", PROJECTS, "unknown"));

        assertThat(repository.getState("known/changed")).isNull();
    }

    /** An event after that shows that the stream had brought all. */
    @Test
    void whatTheStreamHasChangedIsKnownAfterOneListing() throws Exception {
        recover();
        changeTwenty();
        int before = server.requests;
        Instant listed = look(START);
        look(listed.plusSeconds(5));
        assertThat(server.requests - before)
                .as("only what has changed is listed")
                .isEqualTo(1);
        assertThat(repository.getState("known")).as("also after a restart").contains("\"p7\":\"state8\"");

        assertThat(recoverSince(listed.plusSeconds(5))).isEqualTo(new Recovered(20, 0, 0));

        server.update(PROJECTS, "p1", null);
        recoverSince(now);
        assertThat(told).containsExactly("UPDATE p1");
    }

    @Test
    void whatWasListedLongEnoughBeforeAGapIsKnown() throws Exception {
        recover();
        changeTwenty();
        Instant listed = look(START);

        assertThat(recoverSince(listed.plusSeconds(5)).synthetic()).isZero();
    }

    /** The connection may have been dead when it was listed, or the event on its way. */
    @Test
    void whatWasListedShortlyBeforeAGapIsTold() throws Exception {
        recover();
        changeTwenty();
        Instant listed = look(START);

        assertThat(recoverSince(listed.plusSeconds(5).minusNanos(1)).synthetic())
                .isEqualTo(20);
    }

    @Test
    void whatAMissedLineMayHaveToldIsInDoubtUntilItIsRecovered() throws Exception {
        recover();
        changeTwenty();
        Instant listed = look(START);
        recovery.missed(listed.plusSeconds(4));
        recovery.delivered(listed.plusSeconds(60));

        assertThat(recoverSince(listed.plusSeconds(4)).synthetic()).isEqualTo(20);
    }

    @Test
    void whatIsListedAfterAMissedLineIsNoProofOfWhatTheRouteHas() throws Exception {
        recover();
        changeTwenty();
        Instant listed = look(START);
        recovery.missed(listed.plusSeconds(4));
        server.update(PROJECTS, "p1", null);
        Instant again = look(listed.plusSeconds(5));
        look(again.plusSeconds(5));

        assertThat(recoverSince(listed.plusSeconds(4)).synthetic()).isEqualTo(20);
    }

    @Test
    void whatIsRefusedIsNotListedMeanwhileAndTheOthersAre() throws Exception {
        refuseRunners(true);
        recover();
        server.create(RUNNERS, "r", "c");
        recovery.observed(event("CREATE", RUNNERS, "r"));
        changeTwenty();
        server.asked = false;
        int before = server.requests;

        Instant listed = look(START);

        assertThat(server.requests - before).isEqualTo(1);
        refuseRunners(false);
        recoverSince(listed.plusSeconds(5));
        assertThat(told).containsExactly("UPDATE r");
    }

    @Test
    void whatChangesAfterTheListingIsTold() throws Exception {
        recover();
        changeTwenty();
        Instant listed = look(START);
        server.update(PROJECTS, "p1", null);
        recovery.observed(event("UPDATE", PROJECTS, "p1"));
        server.delete(PROJECTS, "p2");
        recovery.observed(event("DELETE", PROJECTS, "p2"));

        recoverSince(listed.plusSeconds(5));

        assertThat(told).containsExactly("UPDATE p1");
    }

    @Test
    void listingsWhileTheStreamIsOpenTakeAHundredthOfTheTime() throws Exception {
        recover();
        assertThat(recovery.lookAgainIn()).isEqualTo(Duration.ofSeconds(10));
        changeTwenty();
        server.meanwhile = () -> now = now.plusSeconds(1);
        look(START);
        assertThat(recovery.lookAgainIn()).isEqualTo(Duration.ofSeconds(100));

        int before = server.requests;
        look(START);
        assertThat(server.requests).as("not yet").isEqualTo(before);
    }

    @Test
    void whatHasChangedIsStoredOnceUntilTheWholeIs() throws Exception {
        recover();
        String whole = repository.getState("known");

        for (int i = 0; i < MANY_CHANGES; i++) {
            recovery.observed(event("CREATE", PROJECTS, "p" + i));
            recovery.observed(event("UPDATE", PROJECTS, "p" + i));
        }
        assertThat(repository.getState("known")).isEqualTo(whole);

        recovery.observed(event("CREATE", PROJECTS, "one more"));
        assertThat(repository.getState("known")).contains("p255").doesNotContain("one more");
        assertThat(repository.getState("known/changed")).contains("one more").doesNotContain("p255");
    }

    @Test
    void whatIsNotOfTheScopeIsNotKnown() throws Exception {
        recovery = recovery(
                new EventQuery(null, List.of(new ResourceTypeFilter(PROJECTS.resourceType(), List.of(), List.of()))));
        recover();

        recovery.observed(event("CREATE", RUNNERS, "r"));
        assertThatCode(() -> recovery.observed(event("CREATE", PROJECTS, null))).doesNotThrowAnyException();

        assertThat(repository.getState("known/changed")).isNull();
    }

    @Test
    void aListingThatNeverAgreesWithItselfIsReadFourTimes() throws Exception {
        ResourceServer restless = new ResourceServer(2);
        for (int i = 0; i < 3; i++) {
            restless.create(PROJECTS, "p" + i, "c");
        }
        restless.meanwhile = () -> {
            if (restless.requests % 2 == 1) {
                String oldest = restless.all(PROJECTS).keySet().iterator().next();
                restless.delete(PROJECTS, oldest);
                restless.create(PROJECTS, "p" + (3 + restless.requests), "c");
            }
        };

        new ResourceLister(new ResourceScope(ORGANIZATION)).list(restless, PROJECTS);

        assertThat(restless.requests).isEqualTo(4 * 2);
    }

    private void refuseRunners(boolean refuse) {
        server.refused = refuse ? RUNNERS : null;
        server.asked = true;
    }

    private GapRecovery recovery(EventQuery query) {
        KnownStateStore store = new KnownStateStore(repository, "known", "scope", () -> Instant.EPOCH);
        return GapRecovery.of(query, false, null, store, SteadyClocks.of(() -> now), null);
    }

    private Recovered recover() throws IOException {
        return recover(this::tell);
    }

    private Recovered recover(Predicate<GitpodEvent> sink) throws IOException {
        return recovery.recover(server, null, sink);
    }

    private Recovered recoverSince(Instant lost) throws IOException {
        now = lost.plusSeconds(10);
        return recovery.recover(server, new StreamGap(lost, now, "reset", 1), this::tell);
    }

    private void changeTwenty() {
        for (int i = 0; i < 20; i++) {
            server.create(PROJECTS, "p" + i, "c");
            recovery.observed(event("CREATE", PROJECTS, "p" + i));
        }
    }

    /** Looks at what has changed, 10 seconds later; gives when it was listed. */
    private Instant look(Instant deliveredUpTo) throws IOException {
        now = now.plusSeconds(10);
        recovery.lookAgain(server, deliveredUpTo, event -> {
            throw new AssertionError("A look tells nothing");
        });
        return now;
    }

    private boolean tell(GitpodEvent event) {
        told.add(event.operation().substring("RESOURCE_OPERATION_".length()) + " " + event.resourceId());
        return true;
    }

    private static GitpodEvent event(String operation, ResourceListing type, String id) {
        return GitpodEvent.ofStream(
                "RESOURCE_OPERATION_" + operation, type.resourceType(), id, Instant.EPOCH, JsonText.of("{}"));
    }
}
