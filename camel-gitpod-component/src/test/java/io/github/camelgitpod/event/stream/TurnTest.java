package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {
    @Test
    void theNextOneWaitsUntilTheOneBeforeIsOver() {
        VirtualTime time = new VirtualTime(count -> 0);
        Turn turn = new Turn(time.clock());
        List<String> told = new ArrayList<>();
        for (String name : List.of("first", "second", "third")) {
            time.execute(() -> {
                turn.take();
                told.add(name);
            });
            time.settle();
        }
        assertThat(told).containsExactly("first");

        time.execute(turn::pass);
        time.settle();
        assertThat(told).containsExactly("first", "second");

        time.execute(turn::pass);
        time.settle();
        assertThat(told).containsExactly("first", "second", "third");
    }
}
