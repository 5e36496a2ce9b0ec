package io.github.camelgitpod.auditlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.NameListing;
import io.github.camelgitpod.client.NamePage;
import io.github.camelgitpod.client.Named;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.client.http.PartialServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When names are listed, and what becomes of those that cannot be. */
class NameDirectoryTest {
    private final Server server = new Server();
    private long nanos = 1;

    @Test
    void namesAreKeptForTenMinutesAndThenReadAgain() {
        NameDirectory names = names(Runnable::run);
        names.refresh(server);
        assertThat(names.find("alice")).isEqualTo(new Named("alice", "Alice", "alice@example.org"));
        assertThat(names.find("nobody")).isNull();
        assertThat(names.find(null)).isNull();
        int listed = server.asked.size();

        server.people = List.of(new Named("alice", "Alice B.", null));
        pass(Duration.ofMinutes(10).minusNanos(1));
        names.refresh(server);
        assertThat(server.asked).hasSize(listed);
        assertThat(names.find("alice").name()).isEqualTo("Alice");
        pass(Duration.ofNanos(2));
        names.refresh(server);
        names.refresh(server);
        assertThat(names.find("alice").name()).isEqualTo("Alice B.");
        assertThat(server.asked).hasSize(2 * listed);
    }

    /** Else a name could hold up an entry. */
    @Test
    void onlyTheFirstOnesAreWaitedForAndNotForLong() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        NameDirectory names = names(waiting::add);
        names.refresh(server);
        assertThat(names.find("alice")).isNull();
        names.refresh(server);
        assertThat(waiting).as("loads under way").hasSize(1);

        waiting.remove().run();
        assertThat(names.find("alice")).isNotNull();
        names.refresh(server);
        pass(Duration.ofMinutes(11));
        names.refresh(server);
        assertThat(waiting).hasSize(1);
        assertThat(names.find("alice")).as("while it is read again").isNotNull();
    }

    @Test
    void whatIsRefusedHasNoNamesAndTheRestHas() {
        NameDirectory names = names(Runnable::run);
        names.refresh(server);
        server.failures.put(NameListing.MEMBERS, new ApiException(403, "permission_denied", "no", null));
        pass(Duration.ofMinutes(11));
        names.refresh(server);
        names.refresh(server);

        assertThat(names.find("alice")).isNull();
        assertThat(names.find("runner")).isNotNull();
    }

    /** Without a code it may be a proxy's page; a token can be replaced. */
    @ParameterizedTest
    @CsvSource({"500, internal", "404,", "302,", "200,", "401, unauthenticated"})
    void whatFailsIsAskedForSoonerAndItsOldNamesStay(int status, String code) {
        NameDirectory names = names(Runnable::run);
        names.refresh(server);
        server.failures.put(NameListing.MEMBERS, new ApiException(status, code, "later", null));
        pass(Duration.ofMinutes(11));
        names.refresh(server);
        names.refresh(server);
        assertThat(names.find("alice")).isNotNull();

        server.failures.clear();
        server.people = List.of(new Named("bob", "Bob", null));
        pass(Duration.ofMinutes(1));
        names.refresh(server);
        assertThat(names.find("bob")).isNotNull();
    }

    @Test
    void aBrokenListingEnds() {
        server.endless = true;
        NameDirectory names = names(Runnable::run);
        names.refresh(server);

        assertThat(server.asked).hasSizeLessThan(20);
        assertThat(names.find("runner")).isNull();
    }

    @Test
    void namesAreInNoText() {
        assertThat(new Named("alice", "Alice", "alice@example.org")).hasToString("Named[alice]");
    }

    private NameDirectory names(Executor executor) {
        return new NameDirectory(new TokenOrganization(), executor, () -> nanos, Duration.ofMillis(20));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static final class Server implements PartialServer {
        private final List<NameListing> asked = new ArrayList<>();
        private final Map<NameListing, IOException> failures = new EnumMap<>(NameListing.class);
        private List<Named> people = List.of(new Named("alice", "Alice", "alice@example.org"));
        private boolean endless;

        @Override
        public NamePage listNames(NameListing listing, String organizationId, String token) throws IOException {
            asked.add(listing);
            if (failures.containsKey(listing)) {
                throw failures.get(listing);
            }
            assertThat(organizationId).isEqualTo(listing == NameListing.MEMBERS ? "organization" : null);
            return switch (listing) {
                case MEMBERS -> new NamePage(people, null);
                case RUNNERS ->
                    endless
                            ? new NamePage(List.of(), "again")
                            : new NamePage(List.of(new Named("runner", "Runner", null)), null);
                default -> new NamePage(List.of(), null);
            };
        }
    }
}
