package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownEnvironmentsTest {
    private static final String OLD = "01900000-0001-7000-8000-000000000000";
    private static final String NEW = "01900000-0002-7000-8000-000000000000";
    /** Their ids tell no age. */
    private static final String RANDOM = "7d3e8d53-5b8a-4f0e-9a8b-1f3f0f3f9f10";

    private static final String NO_UUID = "environment-1";

    private final KnownEnvironments known = new KnownEnvironments();

    @Test
    void anEnvironmentComesOnce() {
        assertThat(known.came(OLD)).isTrue();
        assertThat(known.came(OLD)).isFalse();
        assertThat(known.contains(OLD)).isTrue();
        assertThat(known.size()).isEqualTo(1);
    }

    @Test
    void oneThatWasDeletedDoesNotComeAgainUntilItIsForgotten() {
        known.came(OLD);

        assertThat(known.went(OLD)).isTrue();
        assertThat(known.went(OLD)).isFalse();
        assertThat(known.came(OLD)).isFalse();
        assertThat(known.contains(OLD)).isFalse();
        known.forget(OLD);
        assertThat(known.came(OLD)).isTrue();
        assertThat(known.went(NEW)).as("was never known").isFalse();
    }

    @Test
    void theNewestAreThoseThatCameLast() {
        known.came(OLD);
        known.came(NEW);

        assertThat(known.newest(1, Set.of())).containsExactly(NEW);
        assertThat(known.newest(2, Set.of())).containsExactly(OLD, NEW);
        assertThat(known.newest(3, Set.of())).containsExactly(OLD, NEW);
    }

    @Test
    void someMayComeAfterAllOthers() {
        known.came(OLD);
        known.came(NEW);

        assertThat(known.newest(1, Set.of(NEW))).containsExactly(OLD);
        assertThat(known.newest(2, Set.of(NEW))).containsExactly(NEW, OLD);
    }

    @Test
    void aListingBringsTheOldestFirstAndThoseWithoutAnAgeBeforeThem() {
        known.listingBegins();
        known.listed(Set.of(NEW, RANDOM, OLD));
        known.listingBegins();
        known.listed(Set.of(NEW, RANDOM, OLD, NO_UUID));

        assertThat(known.newest(10, Set.of())).containsExactly(RANDOM, OLD, NEW, NO_UUID);
    }

    @Test
    void whatTheStreamToldDuringAListingIsNewerThanTheListing() {
        known.came(OLD);
        int number = known.listingBegins();
        known.went(OLD);
        known.came(NEW);

        assertThat(known.isLastListing(number)).isTrue();
        assertThat(known.goneFrom(Set.of(OLD))).isEmpty();
        known.listed(Set.of(OLD));
        assertThat(known.newest(10, Set.of())).containsExactly(NEW);
    }

    @Test
    void whatCameAndWentDuringAListingIsGone() {
        known.listingBegins();
        known.came(NEW);
        known.went(NEW);
        known.forget(NEW);
        known.came(OLD);

        known.listed(Set.of(NEW));
        assertThat(known.newest(10, Set.of())).containsExactly(OLD);
    }

    @Test
    void eachListingBeginsAnew() {
        int first = known.listingBegins();
        known.came(OLD);
        known.went(NEW);
        int second = known.listingBegins();

        assertThat(known.isLastListing(first)).isFalse();
        assertThat(known.isLastListing(second)).isTrue();
        assertThat(known.goneFrom(Set.of())).containsExactly(OLD);
        known.listed(Set.of(NEW));
        assertThat(known.contains(NEW)).isTrue();
    }

    @Test
    void afterAListingTheStreamIsNotNewerThanTheNextOne() {
        known.listingBegins();
        known.listed(Set.of());
        known.came(OLD);

        assertThat(known.goneFrom(Set.of())).containsExactly(OLD);
    }
}
