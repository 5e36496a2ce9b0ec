package io.github.camelgitpod.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.client.http.LifeSigns;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.Project;
import io.github.camelgitpod.testing.ChaosMaker;
import io.github.camelgitpod.testing.FreezingProxy;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real route through an hour of trouble, one every 90 seconds, in a few seconds; more with {@code -Dgitpod.chaosSeconds=300}. Every
 * change is delivered, or missed and marked, and then recovered or lost, and the sums are exact.
 */
@Tag("T22")
@Tag("engine")
class EventChaosTest {
    private static final Logger LOG = LoggerFactory.getLogger(EventChaosTest.class);
    private static final long SECONDS = Long.getLong("gitpod.chaosSeconds", 7);
    private static final long TROUBLES = SECONDS * 1000 / ChaosMaker.MILLIS_BETWEEN_TROUBLES;
    private static final long SEED = Long.getLong("gitpod.chaosSeed", 22);

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    private final FreezingProxy network = gitpod.network();
    private final DefaultCamelContext context = gitpod.context();
    private final List<Object> exchanges = new ArrayList<>();
    private final ChaosMaker chaos = new ChaosMaker(simulator, network, SEED);

    @AfterEach
    void close() {
        chaos.close();
    }

    @Test
    void whatIsMissedIsMarked() throws Exception {
        Sums sums = run("none");

        assertThat(sums.unmarked).isZero();
        assertThat(sums.live + sums.marked).isEqualTo(sums.changes);
        assertThat(sums.marked).isPositive();
        assertThat(sums.recovered).isZero();
    }

    @Test
    void whatIsMissedIsRecovered() throws Exception {
        Sums sums = run("relist,auditLogs");

        assertThat(sums.unmarked).isZero();
        assertThat(sums.live + sums.marked).isEqualTo(sums.changes);
        assertThat(sums.marked).isPositive();
        assertThat(sums.lost).isZero();
        assertThat(sums.recovered).isEqualTo(sums.marked);
        assertThat(sums.known)
                .isEqualTo(simulator.organization().projects().stream()
                        .map(Project::id)
                        .collect(Collectors.toSet()));
    }

    private Sums run(String reconcile) throws Exception {
        start(reconcile);
        chaos.live();
        awaitNewChange();
        chaos.begin();
        await().atMost(Duration.ofSeconds(60 + 5 * SECONDS)).until(() -> chaos.troubles() >= TROUBLES);
        chaos.calm();
        awaitNewChange();
        chaos.freeze();
        List<String> changes = chaos.changes();
        await().until(() -> liveKeys(snapshot()).contains(changes.get(changes.size() - 1)));
        await().until(() -> openGaps(snapshot()) == 0);
        Sums sums = new Sums(snapshot(), changes);
        EventConsumer consumer = consumer();
        LOG.info(
                "reconcile={}: {} troubles, {} connections, {} renewals, {} lines skipped; {}",
                reconcile,
                chaos.troubles(),
                consumer.getConnects(),
                consumer.getRenewals(),
                consumer.getSkippedLines(),
                sums);
        assertThat(consumer.getGaps()).isEqualTo(sums.gaps);
        assertThat(consumer.getClosedGaps()).isEqualTo(sums.closedGaps);
        assertThat(consumer.getRecoveredEvents()).isEqualTo(sums.synthetic + sums.auditEntries);
        return sums;
    }

    private void start(String reconcile) throws Exception {
        GitpodConfiguration configuration =
                context.getComponent("gitpod", GitpodComponent.class).getConfiguration();
        configuration.setBaseUrl(network.baseUrl());
        configuration.setHttpClient(LifeSigns.askFor(new OkHttpClient.Builder().readTimeout(Duration.ofMillis(200)))
                .build());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:events?gapEvents=true&idleTimeout=300ms&reconnectDelay=5ms&maxReconnectDelay=40ms&maxRetries=0"
                                + "&requestTimeout=300ms&maxLineBytes=" + ChaosMaker.MAX_LINE_BYTES + "&reconcile="
                                + reconcile)
                        .routeId("events")
                        .process(EventChaosTest.this::keep);
            }
        });
        context.start();
        await().until(() -> consumer().getStreamState().equals("OPEN"));
    }

    private EventConsumer consumer() {
        return (EventConsumer) context.getRoute("events").getConsumer();
    }

    private void keep(Exchange exchange) {
        synchronized (exchanges) {
            Object body = exchange.getMessage().getBody();
            exchanges.add(body instanceof GitpodEvent event ? Told.of(event) : body);
        }
    }

    private List<Object> snapshot() {
        synchronized (exchanges) {
            return List.copyOf(exchanges);
        }
    }

    /** Waits until an event arrives by the stream that was sent after this moment. */
    private void awaitNewChange() {
        int before = chaos.changes().size();
        await().until(() -> {
            List<String> changes = chaos.changes();
            Set<String> live = liveKeys(snapshot());
            return changes.subList(before, changes.size()).stream().anyMatch(live::contains);
        });
    }

    /** What is kept of an event: there are many. */
    private record Told(String operation, String id, boolean live, boolean synthetic) {
        static Told of(GitpodEvent event) {
            return new Told(
                    event.operation().intern(),
                    event.resourceId(),
                    !event.synthetic() && event.entryId() == null,
                    event.synthetic());
        }

        String key() {
            return operation + " " + id;
        }
    }

    private static Set<String> liveKeys(List<Object> all) {
        Set<String> live = new HashSet<>();
        for (Object body : all) {
            if (body instanceof Told event && event.live()) {
                live.add(event.key());
            }
        }
        return live;
    }

    /** Of the gaps that were told, those that do not lie in one that was closed later. */
    private static int openGaps(List<Object> all) {
        List<StreamGap> open = new ArrayList<>();
        for (Object body : all) {
            if (body instanceof StreamGap gap) {
                open.add(gap);
            } else if (body instanceof ClosedGap closed) {
                open.removeIf(
                        gap -> !gap.from().isBefore(closed.from()) && !gap.to().isAfter(closed.to()));
            }
        }
        return open.size();
    }

    /** What became of all changes. */
    private static final class Sums {
        final int changes;
        int live;
        int repeated;
        int marked;
        int unmarked;
        int recovered;
        int lost;
        int gaps;
        int closedGaps;
        int synthetic;
        int auditEntries;
        /** What the route would think there is, after the last event. */
        final Set<String> known = new HashSet<>();

        final Map<String, Integer> reasons = new TreeMap<>();

        Sums(List<Object> exchanges, List<String> sequence) {
            changes = sequence.size();
            Map<String, Integer> numbers = new HashMap<>();
            sequence.forEach(change -> numbers.put(change, numbers.size()));
            Set<String> later = new HashSet<>();
            Set<Integer> missed = new HashSet<>();
            int last = -1;
            // What came before the first connection is not missed.
            boolean gap = false;
            for (Object body : exchanges) {
                if (body instanceof StreamGap told) {
                    gap = true;
                    gaps++;
                    reasons.merge(told.reason(), 1, Integer::sum);
                } else if (body instanceof ClosedGap) {
                    closedGaps++;
                } else if (body instanceof Told event) {
                    note(event);
                    if (!event.live()) {
                        later.add(event.key());
                        continue;
                    }
                    int number = numbers.get(event.key());
                    if (number <= last) {
                        repeated++;
                        continue;
                    }
                    live++;
                    for (int between = last + 1; between < number; between++) {
                        missed.add(between);
                    }
                    if (gap) {
                        marked += number - last - 1;
                    } else {
                        unmarked += number - last - 1;
                    }
                    gap = false;
                    last = number;
                }
            }
            recovered = (int) missed.stream()
                    .filter(number -> later.contains(sequence.get(number)))
                    .count();
            lost = missed.size() - recovered;
        }

        private void note(Told event) {
            if (event.synthetic()) {
                synthetic++;
            } else if (!event.live()) {
                auditEntries++;
            }
            if (event.operation().endsWith("DELETE")) {
                known.remove(event.id());
            } else {
                known.add(event.id());
            }
        }

        @Override
        public String toString() {
            return changes + " changes: " + live + " delivered, " + marked + " missed and marked, " + unmarked
                    + " missed and not marked, " + recovered + " recovered, " + lost + " lost; " + repeated
                    + " lines repeated; " + gaps + " gaps " + reasons + ", " + closedGaps + " closed, " + synthetic
                    + " synthetic events, " + auditEntries + " entries";
        }
    }
}
