package io.github.camelgitpod.auditlog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.auditlog.query.EntryDetails.Wanted;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.client.http.GitpodClientSettings;
import io.github.camelgitpod.client.http.OkHttpGitpodClient;
import io.github.camelgitpod.client.http.RequestGates;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.simulator.TroubleRule;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a server is taken for one that has no GetAuditLog, and for how long. */
class EntryDetailsTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodClient client = new OkHttpGitpodClient(
            new GitpodClientSettings(
                    HttpUrl.get(gitpod.simulator().baseUrl()),
                    () -> gitpod.simulator().accessToken(),
                    Duration.ofSeconds(30),
                    0,
                    Duration.ofSeconds(1),
                    "test"),
            new OkHttpClient(),
            new RequestGates(),
            new RequestMeter(System::nanoTime));
    private long nanos = 1;
    private final EntryDetails details = new EntryDetails(Wanted.ALL, () -> nanos);
    private AuditLogEntry entry;

    @BeforeEach
    void add() throws IOException {
        Entry added = gitpod.simulator().auditLog().add(Entry.at(GitpodTest.HOUR_AGO));
        gitpod.simulator().auditLog().details(added.id(), "{}");
        entry = client.getAuditLog(added.id()).entry();
        gitpod.simulator().requests().clear();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
    }

    @Test
    void a404WithoutACodeIsBelievedAfterAMinute() throws IOException {
        requests().respondRaw(404, "text/plain", "404 page not found");

        assertWaits();
        pass(Duration.ofSeconds(59));
        assertWaits();
        pass(Duration.ofSeconds(1));
        assertGoesWithout();
        // And is from then on.
        pass(Duration.ofMinutes(5));
        assertGoesWithout();
    }

    @Test
    void anAnswerInBetweenBeginsTheMinuteAnew() throws IOException {
        requests().when(number -> number != 2).respondRaw(404, null, "");

        assertWaits();
        assertHasDetails();
        pass(Duration.ofMinutes(2));
        assertWaits();
    }

    @Test
    void aFailureInBetweenBeginsTheMinuteAnew() throws IOException {
        requests().when(number -> number == 2).respondRaw(503, null, "");

        assertMinuteBeginsAnew(second -> second.hasMessageContaining("503"));
    }

    @Test
    void aLostConnectionInBetweenBeginsTheMinuteAnew() throws IOException {
        requests().when(number -> number == 2).reset();

        assertMinuteBeginsAnew(second -> second.isInstanceOf(IOException.class));
    }

    @Test
    void a404OfLongAgoIsForgottenButWhoAsksSeldomIsNotHeldUpForEver() throws IOException {
        requests().respondRaw(404, null, "");

        for (int i = 0; i < 3; i++) {
            assertWaits();
            pass(Duration.ofMinutes(5));
        }
        assertGoesWithout();
        pass(Duration.ofMinutes(5));
        assertGoesWithout();
    }

    @Test
    void aServerThatSaysItselfThatItHasNoSuchMethodIsBelievedAtOnceAndAskedAgainAfterAMinute() throws IOException {
        gitpod.simulator().serverKind(ServerKind.LEGACY_IGNORES);

        assertGoesWithout();
        pass(Duration.ofSeconds(59));
        details.addTo(entry, client);
        assertThat(gitpod.simulator().requests().count()).isEqualTo(2);

        gitpod.simulator().serverKind(ServerKind.MODERN);
        pass(Duration.ofSeconds(1));
        assertHasDetails();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private TroubleRule requests() {
        return gitpod.simulator().trouble().on("GetAuditLog");
    }

    /** @param second what the request between two answers of 404 meets */
    private void assertMinuteBeginsAnew(Consumer<AbstractThrowableAssert<?, ?>> second) {
        requests().when(number -> number != 2).respondRaw(404, null, "");

        assertWaits();
        pass(Duration.ofSeconds(50));
        second.accept(assertThatThrownBy(() -> details.addTo(entry, client)));
        pass(Duration.ofSeconds(50));
        assertWaits();
    }

    private void assertGoesWithout() throws IOException {
        assertThat(details.addTo(entry, client)).isSameAs(entry);
    }

    private void assertHasDetails() throws IOException {
        assertThat(details.addTo(entry, client).json().toString()).endsWith(",\"details\":{}}");
    }

    private void assertWaits() {
        assertThatThrownBy(() -> details.addTo(entry, client))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("404");
    }
}
