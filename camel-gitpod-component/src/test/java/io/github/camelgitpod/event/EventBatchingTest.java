package io.github.camelgitpod.event;

import static io.github.camelgitpod.testing.EventRoute.CREATE;
import static io.github.camelgitpod.testing.EventRoute.ENVIRONMENT;
import static io.github.camelgitpod.testing.EventRoute.UPDATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.GitpodEventBatch;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With {@code batching=true} what was received together is one exchange. */
class EventBatchingTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final EventRoute route = gitpod.events();

    @Test
    void linesThatCameTogetherAreOneListInTheirOrder() throws Exception {
        route.start("batching=true").awaitOpen();

        simulator.eventStreams().publishRaw(lines(200));

        await().until(() -> ids().size() == 200);
        assertThat(ids())
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "e" + i).toList());
        assertThat(batches()).hasSizeLessThan(50).first().satisfies(batch -> {
            String text = route.context().getTypeConverter().convertTo(String.class, batch);
            assertThat(text)
                    .isEqualTo(batch.stream()
                            .map(event -> event.json().toString())
                            .collect(Collectors.joining(",", "[", "]")));
        });
        assertThat(route.headers().get(0))
                .containsEntry(GitpodConstants.EVENT_TYPE, "CHANGE")
                .containsEntry(GitpodConstants.RESOURCE_ID, "e0")
                .containsEntry(GitpodConstants.ORGANIZATION_ID, simulator.organizationId());
    }

    @Test
    void noListGoesAcrossAGapAndTheFirstOneAfterItTellsIt() throws Exception {
        route.start("batching=true", "gapEvents=true").awaitOpen();
        simulator.eventStreams().publishRaw(lines(3));
        await().until(() -> ids().size() == 3);

        simulator.eventStreams().publishRaw("{broken\n".getBytes(UTF_8));
        simulator.eventStreams().publishRaw(lines(2));
        await().until(() -> ids().size() == 5);

        int gap = IntStream.range(0, route.headers().size())
                .filter(i -> "GAP".equals(route.headers().get(i).get(GitpodConstants.EVENT_TYPE)))
                .findFirst()
                .orElseThrow();
        assertThat(idsOf(route.exchanges().subList(0, gap))).containsExactly("e0", "e1", "e2");
        List<Map<String, Object>> after = route.headers().stream()
                .skip(gap)
                .filter(headers -> "CHANGE".equals(headers.get(GitpodConstants.EVENT_TYPE)))
                .toList();
        assertThat(after.get(0)).containsEntry(GitpodConstants.GAP_REASON, "parse");
        assertThat(after.subList(1, after.size()))
                .allSatisfy(headers -> assertThat(headers).doesNotContainKey(GitpodConstants.GAP_REASON));
    }

    @Test
    void onlyTheOperationsThatAreWantedAreInIt() throws Exception {
        route.start("batching=true", "operations=update").awaitOpen();

        simulator.eventStreams().publish(CREATE, ENVIRONMENT, "no");
        simulator.eventStreams().publish(UPDATE, ENVIRONMENT, "yes");
        simulator.eventStreams().publish(CREATE, ENVIRONMENT, "no");
        simulator.eventStreams().publish(UPDATE, ENVIRONMENT, "also");

        await().until(() -> ids().size() >= 2);
        assertThat(ids()).containsExactly("yes", "also");
        assertThat(route.headers().get(0)).containsEntry(GitpodConstants.RESOURCE_ID, "yes");
    }

    private List<GitpodEventBatch> batches() {
        return route.exchanges().stream().map(GitpodEventBatch.class::cast).toList();
    }

    private List<String> ids() {
        return idsOf(route.exchanges());
    }

    private static List<String> idsOf(List<Object> bodies) {
        return bodies.stream()
                .filter(GitpodEventBatch.class::isInstance)
                .flatMap(body -> ((GitpodEventBatch) body).stream())
                .map(GitpodEvent::resourceId)
                .toList();
    }

    private static byte[] lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"operation\":\"" + CREATE + "\",\"resourceType\":\"" + ENVIRONMENT
                        + "\",\"resourceId\":\"e" + i + "\"}\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }
}
