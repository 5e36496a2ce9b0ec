package io.github.camelgitpod.auditlog.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.AuditLogFilter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilterPlanTest {

    @Test
    void upTo25ValuesAreOneSeriesAndOneMoreAreTwo() {
        assertThat(FilterPlan.of(filter(25, 0)).requests()).containsExactly(filter(25, 0));
        assertThat(FilterPlan.of(filter(26, 0)).requests()).hasSize(2);
    }

    @Test
    void eightSeriesAreSentAndForNineTheLongerListIsAppliedHere() {
        FilterPlan eight = FilterPlan.of(filter(50, 100));
        FilterPlan nine = FilterPlan.of(filter(75, 70));

        assertThat(eight.requests()).hasSize(8);
        assertThat(eight.rest()).isEqualTo(AuditLogFilter.ALL);
        assertThat(nine.requests()).hasSize(3);
        assertThat(nine.requests())
                .allSatisfy(sent -> assertThat(sent.actorIds()).isEmpty());
        assertThat(nine.rest()).isEqualTo(filter(75, 0));
    }

    @Test
    void aServerThatIsNotTrustedIsSentOneRequestAndAllOfTheFilterIsAppliedHere() {
        assertThat(FilterPlan.untrusted(filter(3, 4))).isEqualTo(new FilterPlan(List.of(filter(3, 4)), filter(3, 4)));
        assertThat(FilterPlan.untrusted(filter(26, 0)))
                .isEqualTo(new FilterPlan(List.of(AuditLogFilter.ALL), filter(26, 0)));
    }

    @Test
    void kindsAreNeverSent() {
        List<String> kinds = List.of(EntryMaker.VETO);

        assertThat(FilterPlan.of(filter(1, 0).withKinds(kinds)))
                .isEqualTo(new FilterPlan(List.of(filter(1, 0)), AuditLogFilter.ALL.withKinds(kinds)));
        assertThat(FilterPlan.untrusted(filter(1, 0).withKinds(kinds)))
                .isEqualTo(new FilterPlan(List.of(filter(1, 0)), filter(1, 0).withKinds(kinds)));
    }

    private static AuditLogFilter filter(int actors, int subjects) {
        return new AuditLogFilter(
                IntStream.range(0, actors).mapToObj(EntryMaker::actor).toList(),
                List.of(),
                IntStream.range(0, subjects).mapToObj(EntryMaker::subject).toList(),
                List.of());
    }
}
