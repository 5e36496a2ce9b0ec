package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.event.stream.TwoConnections.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every order of what can happen while a connection is renewed, up to a length, on a virtual clock. Whatever the order:
 * each line comes once and in order, or lies inside a gap that is told; no gap is told where the old connection can be
 * shown to have lived; a stop ends everything at once; and afterwards the stream goes on. Longer orders with
 * {@code -Dgitpod.steps=4}.
 */
class RenewalTest {
    private static final int STEPS = Integer.getInteger("gitpod.steps", 3);

    private int orders;

    static Stream<Arguments> beginnings() {
        return Stream.of(true, false)
                .flatMap(signs -> new TwoConnections(signs).possible().stream().map(step -> Arguments.of(step, signs)));
    }

    @ParameterizedTest(name = "{0}, life signs {1}")
    @MethodSource("beginnings")
    void whateverTheOrderNothingIsLostAndNoGapIsInvented(Step first, boolean lifeSigns) {
        List<String> wrong = new ArrayList<>();

        play(new Step[] {first}, lifeSigns, wrong);

        assertThat(wrong).as("wrong of %s orders", orders).isEmpty();
        assertThat(orders).isGreaterThan(STEPS * STEPS);
    }

    /** The network fails while the route is in the way and something waits in the socket, which is read late. */
    @ParameterizedTest(name = "life signs {0}")
    @ValueSource(booleans = {true, false})
    void whatIsReadLateDoesNotHideWhatWasLostBefore(boolean lifeSigns) {
        TwoConnections two = new TwoConnections(lifeSigns);
        Stream.of(
                        Step.FAILS_TO_CONNECT,
                        Step.ROUTE_BLOCKED,
                        Step.BYTE_ON_OLD,
                        Step.BYTE_ON_OLD,
                        Step.OLD_DIES_SILENTLY,
                        Step.EVENT_FOR_NOBODY,
                        Step.MOMENT,
                        Step.MOMENT,
                        Step.MOMENT,
                        Step.ROUTE_FREE,
                        Step.MOMENT,
                        Step.MOMENT,
                        Step.MOMENT,
                        Step.LONG_SILENCE)
                .forEach(two::take);

        assertThat(two.end()).as(two.toString()).isEmpty();
    }

    private void play(Step[] order, boolean lifeSigns, List<String> wrong) {
        TwoConnections two = new TwoConnections(lifeSigns);
        for (Step step : order) {
            two.take(step);
        }
        List<Step> next = two.possible();
        List<String> faults = two.end();
        orders++;
        if (!faults.isEmpty()) {
            wrong.add(faults + two.toString());
        }
        if (order.length < STEPS && wrong.size() < 3) {
            for (Step step : next) {
                Step[] longer = Arrays.copyOf(order, order.length + 1);
                longer[order.length] = step;
                play(longer, lifeSigns, wrong);
            }
        }
    }
}
