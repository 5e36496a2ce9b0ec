package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.event.recovery.Operations;
import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.event.stream.VirtualTime;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.PositionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentStreamsTest {
    private static final int MOST = 10;

    private final VirtualTime time = new VirtualTime(count -> 0);
    private final List<String> requests = new ArrayList<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final StreamPositions positions =
            new StreamPositions(new PositionStore(new MemoryStateRepository(), "key"), time.clock());
    private final EnvironmentStreams streams = new EnvironmentStreams(
            new EnvironmentStreams.Holder() {
                @Override
                public boolean open(String id, Beginning beginning) {
                    requests.add(id);
                    return open.add(id);
                }

                @Override
                public void close(String id) {
                    open.remove(id);
                }

                @Override
                public void makeRoom(String id, Instant since) {
                    open.remove(id);
                }
            },
            positions,
            time::now,
            MOST,
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> 1));
    private final StreamInbox organization = streams.watching(new Ignored());

    @BeforeEach
    void open() {
        positions.load();
        streams.open(new StreamsRun(
                new PartialServer() {}, new Workers(time::execute, (wait, task) -> time.schedule(task, wait))));
    }

    @Test
    void aNewEnvironmentHasItsStreamAtOnce() {
        comes(1, 2);

        assertThat(open).containsExactly("e1");
    }

    @Test
    void ofABurstTheNewestHaveAStreamAndFewRequestsAreSent() {
        for (int second = 0; second < 30; second++) {
            comes(second * 667, (second + 1) * 667);
            time.pass(Duration.ofSeconds(1));
        }
        time.pass(Duration.ofSeconds(2));

        assertThat(open).containsExactlyInAnyOrderElementsOf(ids(30 * 667 - MOST, 30 * 667));
        assertThat(requests).hasSizeLessThanOrEqualTo(MOST * 32);
    }

    @Test
    void environmentsThatComeAndGoAtOnceSendFewRequestsToo() {
        comes(0, 500);
        for (String id : ids(0, 500)) {
            happens(id, Operations.DELETE);
        }
        time.pass(Duration.ofSeconds(10));

        assertThat(open).isEmpty();
        assertThat(requests).hasSizeLessThanOrEqualTo(MOST * 5);
    }

    private void comes(int from, int to) {
        ids(from, to).forEach(id -> happens(id, "RESOURCE_OPERATION_CREATE"));
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "e" + i).toList();
    }

    private void happens(String id, String operation) {
        organization.received(
                List.of(GitpodEvent.ofStream(
                        operation, "RESOURCE_TYPE_ENVIRONMENT", id, time.now(), JsonText.of("{}"))),
                Instant.EPOCH);
    }

    private static final class Ignored implements StreamInbox {
        @Override
        public void opened(StreamGap gap) {}

        @Override
        public void received(List<GitpodEvent> events, Instant before) {}

        @Override
        public void skipped(StreamGap gap) {}
    }
}
