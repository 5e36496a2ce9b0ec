package io.github.camelgitpod.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Camel's service of leases does when something happens to the pod that leads, and that no entry is lost then. */
@Timeout(120)
class KubernetesLeaseTest {
    private static final Processor TAKES_ALL = exchange -> {};

    private final GitpodSimulator gitpod = GitpodSimulator.start();
    private final ApiServer kubernetes = new ApiServer();
    private final JdbcDataSource database = new JdbcDataSource();
    private Replica first;
    private Replica second;

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @BeforeEach
    void begin() throws Exception {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        kubernetes.pod("first", true);
        kubernetes.pod("second", true);
    }

    @AfterEach
    void end() {
        Stream.of(first, second).filter(replica -> replica != null).forEach(Replica::close);
        kubernetes.close();
        gitpod.close();
    }

    @Test
    void whenThePodIsGoneAnotherTakesOverAndNotBefore() throws Exception {
        start(TAKES_ALL);
        first.close();
        happens(10);
        awaitLooksOfTheSecond();
        assertThat(second.leads()).as("while the pod is there and ready").isFalse();
        assertThat(second.delivered()).isEmpty();

        kubernetes.deletePod("first");
        awaitAllDelivered(1);
        assertThat(second.leads()).isTrue();
        assertThat(kubernetes.lease().getSpec().getHolderIdentity()).isEqualTo("second");
    }

    @Test
    void aLeaderHandsOverWhenItsPodIsNotReadyOrAnotherHoldsTheLease() throws Exception {
        start(TAKES_ALL);
        kubernetes.pod("first", false);
        await().until(second::leads);
        kubernetes.pod("first", true);
        happens(10);
        awaitAllDelivered(1);
        assertThat(first.leads()).isFalse();

        kubernetes.giveLeaseTo("first");
        await().until(() -> first.leads() && !second.leads());
        happens(10);
        awaitAllDelivered(2);
    }

    @Test
    void aLeaderThatIsCutOffFromTheApiServerStopsAndNobodyTakesOver() throws Exception {
        start(TAKES_ALL);
        kubernetes.cutOff("first");
        await().until(() -> !first.leads());
        awaitLooksOfTheSecond();
        happens(10);
        awaitLooksOfTheSecond();
        assertThat(second.leads()).as("the first's pod is there and ready").isFalse();
        assertThat(first.delivered()).hasSize(10);
        assertThat(second.delivered()).isEmpty();

        kubernetes.connectAgain("first");
        awaitAllDelivered(1);
        assertThat(first.leads()).isTrue();
    }

    @Test
    void whoHasAnEntryInHandWhenItLosesTheLeaseDoesNotMoveTheCursor() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        start(exchange -> {
            if (exchange.getMessage().getBody(String.class).contains("in-hand")) {
                // Camel refuses what comes next in a route that has been shut down, so that it may never be delivered.
                exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                    @Override
                    public void onDone(Exchange done) {
                        ended.countDown();
                    }
                });
                inHand.countDown();
                awaitWhateverInterrupts(goOn);
            }
        });
        gitpod.auditLog().add(Entry.at(gitpod.now()).withAction("in-hand"));
        inHand.await();
        happens(10);
        kubernetes.pod("first", false);
        await().until(() -> second.delivered().size() == 11);
        goOn.countDown();
        ended.await();
        happens(10);
        await().until(() -> second.delivered().size() == 21);
        List<String> ids = gitpod.auditLog().ids();
        assertThat(second.delivered()).containsExactlyElementsOf(ids.subList(10, 31));
        assertThat(Set.copyOf(first.delivered().subList(10, first.delivered().size())))
                .as("at most what it had in hand, also where Camel started it once more, and nothing after that")
                .hasSizeLessThanOrEqualTo(Replica.COMMIT_EVERY);
    }

    private static void awaitWhateverInterrupts(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // As a process that sleeps: it is not reached by anything.
            }
        }
    }

    /** Ten entries are delivered by the first; the second waits. */
    private void start(Processor sinkOfTheFirst) throws Exception {
        happens(10);
        first = new Replica("first", kubernetes, gitpod, database, sinkOfTheFirst);
        await().until(() -> first.delivered().size() == 10);
        second = new Replica("second", kubernetes, gitpod, database, TAKES_ALL);
    }

    private void happens(int entries) {
        for (int i = 0; i < entries; i++) {
            gitpod.auditLog().add(Entry.at(gitpod.now()));
        }
    }

    /** For longer than a lease lasts: a look is two requests. */
    private void awaitLooksOfTheSecond() {
        int enough = kubernetes.requestsOf("second") + 40;
        await().until(() -> kubernetes.requestsOf("second") > enough);
    }

    private void awaitAllDelivered(int handOvers) {
        await().until(() -> delivered().containsAll(gitpod.auditLog().ids()));
        assertThat(delivered().size() - gitpod.auditLog().size())
                .as("delivered twice")
                .isBetween(0, handOvers * Replica.COMMIT_EVERY);
    }

    private List<String> delivered() {
        return Stream.of(first, second)
                .flatMap(replica -> replica.delivered().stream())
                .toList();
    }
}
