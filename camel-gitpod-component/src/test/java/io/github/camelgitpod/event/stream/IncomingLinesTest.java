package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamLine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncomingLinesTest {
    private final StreamRecorder recorder = new StreamRecorder();
    private final StreamMeter meter = new StreamMeter(StreamClock.system());
    private final IncomingLines lines = new IncomingLines(recorder, meter, recorder, 1000);

    @Test
    void theGapOfALineIsToldWhereTheLineWas() {
        lines.received(
                List.of(
                        event("a"),
                        event("b"),
                        new StreamLine.Skipped("not JSON", 1000),
                        event("c"),
                        new StreamLine.Skipped("too long", 1001),
                        new StreamLine.Skipped(StreamLine.Skipped.CUT_OFF, 7)),
                new Arrival(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH));

        assertThat(recorder.told)
                .containsExactly(
                        "a", "b", "gap parse", "skipped 1000", "c", "gap overflow", "skipped 1001", "skipped 7");
        StreamStatus status = meter.status();
        assertThat(status.events()).isEqualTo(3);
        assertThat(status.gaps()).isEqualTo(2);
        assertThat(status.skippedLines()).isEqualTo(3);
    }

    private static GitpodEvent event(String id) {
        return GitpodEvent.ofStream("OP", "TYPE", id, Instant.EPOCH, JsonText.of("{}"));
    }
}
