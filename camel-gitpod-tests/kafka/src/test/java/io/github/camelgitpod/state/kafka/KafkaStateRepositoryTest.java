package io.github.camelgitpod.state.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelgitpod.state.OvertakenException;
import io.github.camelgitpod.state.StateRepositoryContract;
import io.github.camelgitpod.state.StateUnavailableException;
import io.github.camelgitpod.state.kafka.FencedState.Step;
import java.time.Duration;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Tag("T17")
class KafkaStateRepositoryTest extends StateRepositoryContract {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule ";
    private static final Duration SHORT = Duration.ofMillis(800);

    private final String topic = Topics.newName();
    private final Topics topics = new Topics();
    private final List<KafkaStateRepository> repositories = new ArrayList<>();

    /** Ends a process, as far as its repository can tell. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @AfterEach
    void close() {
        repositories.forEach(KafkaStateRepository::stop);
        topics.close();
    }

    @Override
    protected KafkaStateRepository repository() {
        return started(new KafkaStateRepository(Topics.BROKER));
    }

    @Override
    protected String place() {
        return "topic " + topic;
    }

    @Override
    protected int rounds() {
        return 4;
    }

    @Test
    void theTopicIsMadeSoThatItForgetsNothing() throws Exception {
        repository().setState(KEY, "1");

        assertThat(topics.config(topic, "cleanup.policy")).isEqualTo("compact");
        assertThat(Topics.committed(topic)).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(KEY);
            assertThat(record.value()).isEqualTo("1");
            assertThat(new String(record.headers().lastHeader("generation").value()))
                    .isEqualTo("1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact,delete"})
    void aTopicThatForgetsIsRefused(String policy) throws Exception {
        topics.create(topic, Map.of("cleanup.policy", policy));

        assertThatThrownBy(this::repository)
                .hasMessageContaining(topic)
                .hasMessageContaining("cleanup.policy=")
                .hasMessageContaining("delete")
                .hasMessageContaining("allowed: compact alone");
    }

    @Test
    void aBrokerThatIsAwayIsToldAtStart() {
        KafkaStateRepository repository = repository(SHORT, step -> {});
        repository.setBootstrapServers("localhost:1");

        assertThatThrownBy(() -> started(repository))
                .hasMessageContaining(
                        "The topic " + topic + " for the state cannot be used: it took too long (limit 0 s)");
    }

    @Test
    void aTextThatIsTooLargeIsRefusedWithTheSettingToRaiseAndTheNextOneIsSaved() throws Exception {
        topics.create(topic, Map.of("cleanup.policy", "compact", "max.message.bytes", "10000"));
        KafkaStateRepository repository = repository();
        byte[] noise = new byte[30_000];
        new Random(1).nextBytes(noise);
        repository.setState(KEY, "1");

        assertThatThrownBy(() -> repository.setState(KEY, Base64.getEncoder().encodeToString(noise)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "The state " + KEY + " could not be saved in topic " + topic + ": it is too large")
                .hasMessageContaining("max.message.bytes");

        repository.setState(KEY, "2");
        assertThat(repository().getState(KEY)).isEqualTo("2");
    }

    /** The save of another state that its process did not finish hides what is committed after it. */
    @Test
    void whatIsHiddenBehindAnUnfinishedSaveOfAnotherStateIsNotMissed() throws Exception {
        KafkaStateRepository repository = repository();
        repository.setState(KEY, "1");
        leaveUnfinished("another", Duration.ofSeconds(2));
        repository.setState(KEY, "2");

        KafkaStateRepository hasty = started(repository(SHORT, step -> {}));
        assertThatThrownBy(() -> hasty.getState(KEY))
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("could not be read from topic " + topic)
                .hasMessageContaining("a save that its process did not finish stands there");

        // The brokers give it up after a while.
        assertThat(repository().getState(KEY)).isEqualTo("2");
    }

    @Test
    void aSaveThatWasNotFinishedIsNoneAndHoldsUpNobodyWhoTakesOver() throws Exception {
        KafkaStateRepository next = started(repository(Duration.ofSeconds(10), step -> {}));
        next.setState(KEY, "1");
        leaveUnfinished(KEY, Duration.ofMinutes(5));

        assertThat(next.getState(KEY)).isEqualTo("1");
        next.setState(KEY, "2");
        assertThat(Topics.committed(topic)).extracting(record -> record.value()).containsExactly("1", "2");
    }

    /** @param longest after this time the brokers give it up */
    private void leaveUnfinished(String key, Duration longest) throws Exception {
        KafkaStateRepository killed = repository(Duration.ofSeconds(30), at(Step.COMMIT, () -> {
            throw new Killed();
        }));
        killed.getClientProperties().put("transaction.timeout.ms", String.valueOf(longest.toMillis()));
        started(killed);
        long before = topics.end(topic);
        assertThatThrownBy(() -> killed.setState(key, "unfinished")).isInstanceOf(Killed.class);
        await().atMost(ONE_MINUTE).until(() -> topics.end(topic) > before);
        // A process that was killed closes nothing.
        repositories.remove(killed);
    }

    @Test
    void aSaveWhoseAnswerWasLostIsRecognisedAsItsOwn() {
        List<Step> lost = new ArrayList<>();
        KafkaStateRepository repository = unreliable(lost);
        repository.setState(KEY, "1");

        lost.add(Step.REMEMBER);
        assertThatThrownBy(() -> repository.setState(KEY, "2")).hasMessageContaining("the answer is lost");
        repository.setState(KEY, "3");

        lost.add(Step.COMMIT);
        assertThatThrownBy(() -> repository.setState(KEY, "4")).hasMessageContaining("the answer is lost");
        repository.setState(KEY, "5");

        lost.add(Step.REMEMBER);
        assertThatThrownBy(() -> repository.setState(KEY, "6")).hasMessageContaining("the answer is lost");
        assertThat(repository.getState(KEY)).isEqualTo("6");
        lost.add(Step.COMMIT);
        assertThatThrownBy(() -> repository.setState(KEY, "7")).hasMessageContaining("the answer is lost");
        assertThat(repository.getState(KEY)).isEqualTo("6");

        repository.setState(KEY, "8");
        assertThat(Topics.committed(topic))
                .extracting(record -> record.value())
                .containsExactly("1", "2", "3", "5", "6", "8");
    }

    @Test
    void aSaveWhoseAnswerWasLostIsNotTakenForItsOwnWhenAnotherOneSaved() {
        List<Step> lost = new ArrayList<>();
        KafkaStateRepository repository = unreliable(lost);
        repository.setState(KEY, "1");
        lost.add(Step.REMEMBER);
        assertThatThrownBy(() -> repository.setState(KEY, "2")).hasMessageContaining("the answer is lost");
        KafkaStateRepository other = repository();
        other.getState(KEY);
        other.setState(KEY, "the other's");

        assertThatThrownBy(() -> repository.setState(KEY, "3")).isInstanceOf(OvertakenException.class);
        assertThat(other.getState(KEY)).isEqualTo("the other's");
    }

    private KafkaStateRepository unreliable(List<Step> lost) {
        return started(repository(Duration.ofSeconds(10), step -> {
            if (lost.remove(step)) {
                throw new KafkaException("the answer is lost");
            }
        }));
    }

    /** Looks, and is refused, as often as it likes: the owner does not notice. */
    @Test
    void whoWasOvertakenDoesNotDisturbTheOwner() {
        List<Step> ofTheOwner = new ArrayList<>();
        KafkaStateRepository stale = repository();
        stale.setState(KEY, "1");
        KafkaStateRepository owner = started(repository(Duration.ofSeconds(10), ofTheOwner::add));
        owner.getState(KEY);
        owner.setState(KEY, "2");
        ofTheOwner.clear();

        for (int i = 3; i < 6; i++) {
            // When this returns, the owner's save can be seen by all.
            repository().getState(KEY);
            assertThatThrownBy(() -> stale.setState(KEY, "stale")).isInstanceOf(OvertakenException.class);
            owner.setState(KEY, String.valueOf(i));
        }
        assertThat(ofTheOwner).doesNotContain(Step.TAKE);
    }

    @Test
    void whatAnAdministratorWroteIsReadAndSavedOver() {
        repository().setState(KEY, "1");
        Topics.write(topic, List.of(Map.entry(KEY, "repaired")));
        KafkaStateRepository repository = repository();
        assertThat(repository.getState(KEY)).isEqualTo("repaired");
        repository.setState(KEY, "2");
        assertThat(repository().getState(KEY)).isEqualTo("2");

        Topics.write(topic, List.of(new SimpleEntry<>(KEY, null)));
        assertThat(repository.getState(KEY)).isNull();
    }

    @Test
    void aStateIsFoundInALongLog() {
        repository().setState(KEY, "1");
        Topics.write(
                topic,
                IntStream.range(0, 20_000)
                        .mapToObj(i -> Map.entry("key " + i % 100, "x".repeat(200)))
                        .toList());

        KafkaStateRepository repository = repository();
        assertThat(repository.getState(KEY)).isEqualTo("1");
        assertThat(repository.getState("key 99")).hasSize(200);
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning() throws Exception {
        KafkaStateRepository before = repository();
        IntStream.range(0, 5).forEach(i -> before.setState(KEY, "old " + i));
        topics.delete(topic);
        await().atMost(ONE_MINUTE)
                .ignoreExceptions()
                .untilAsserted(() -> topics.create(topic, Map.of("cleanup.policy", "compact")));
        Topics.write(topic, List.of(Map.entry("other", "new")));

        await().atMost(ONE_MINUTE).ignoreExceptions().until(() -> "new".equals(before.getState("other")));
        assertThat(before.getState(KEY)).isNull();
    }

    /** Such as for the parts of a cursor, of which each is written once in a while. */
    @Test
    void whatIsNotSavedForLongHoldsNoProducer() {
        KafkaStateRepository repository = repository();
        for (int i = 0; i < 8; i++) {
            repository.setState(KEY + "/seen/" + i, "part " + i);
        }
        long before = producers();
        for (int i = 0; i < 65; i++) {
            repository.setState(KEY, "save " + i);
        }

        await().until(() -> producers() <= before + 1 - 8);
        repository.setState(KEY + "/seen/3", "again");
        assertThat(repository().getState(KEY + "/seen/3")).isEqualTo("again");
        assertThat(repository().getState(KEY + "/seen/4")).isEqualTo("part 4");
    }

    private static long producers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-producer-network-thread"))
                .count();
    }

    @Test
    void itCanBeStoppedAndStartedAndSaysWhenItIsNotStarted() {
        KafkaStateRepository repository = repository();
        repository.start();
        repository.setState(KEY, "1");
        repository.stop();
        repository.stop();
        assertThatThrownBy(() -> repository.getState(KEY))
                .hasMessage("The repository of topic " + topic + " is not started");

        repository.start();
        assertThat(repository.getState(KEY)).isEqualTo("1");
        repository.setState(KEY, "2");
    }

    @Test
    void whatIsMissingOrNotForTheUserToSetIsSaid() {
        assertThatThrownBy(() -> started(new KafkaStateRepository()))
                .hasMessageContaining("bootstrapServers is not set");
        KafkaStateRepository unsafe = new KafkaStateRepository(Topics.BROKER);
        unsafe.setClientProperties(Map.of("acks", "0", "transactional.id", "mine", "client.id", "fine"));
        assertThatThrownBy(() -> started(unsafe))
                .hasMessageContaining("may not set acks, transactional.id,")
                .hasMessageContaining("allowed: all others");
    }

    /** Also one of producers, although none is made before the first save. */
    @Test
    void aPropertyThatKafkaDoesNotUnderstandIsToldAtStart() {
        KafkaStateRepository repository = new KafkaStateRepository(Topics.BROKER);
        repository.getClientProperties().put("max.block.ms", "soon");

        assertThatThrownBy(() -> started(repository))
                .hasMessageContaining("The topic " + topic + " for the state cannot be used: ")
                .hasMessageContainingAll("max.block.ms", "soon");
    }

    @Test
    void aSecretIsShownNowhere() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
        log.start();
        root.addAppender(log);
        kafka.setLevel(Level.DEBUG);
        try {
            KafkaStateRepository repository = repository(SHORT, step -> {});
            repository.setBootstrapServers("localhost:1");
            repository.setClientProperties(Map.of(
                    "security.protocol",
                    "SASL_PLAINTEXT",
                    "sasl.mechanism",
                    "PLAIN",
                    "sasl.jaas.config",
                    LOGIN + "required username=me password=hunter2;",
                    "ssl.keystore.password",
                    "hunter2"));
            assertThatThrownBy(() -> started(repository)).satisfies(KafkaStateRepositoryTest::hasNoSecret);
            assertThat(repository.toString()).doesNotContain("hunter2");
            for (String wrong : List.of(
                    "hunter2 is no configuration",
                    LOGIN + "required username=me password=my hunter2;",
                    LOGIN + "required username=me password=my!hunter2;",
                    LOGIN + "hunter2 username=me;",
                    LOGIN + "required username=me password=hunter2")) {
                repository.getClientProperties().put("sasl.jaas.config", wrong);
                assertThatThrownBy(() -> started(repository))
                        .hasMessageContaining(topic)
                        .satisfies(KafkaStateRepositoryTest::hasNoSecret);
            }
        } finally {
            kafka.setLevel(null);
            root.detachAppender(log);
        }
        assertThat(log.list).isNotEmpty().allSatisfy(line -> assertThat(line.getFormattedMessage())
                .doesNotContain("hunter2"));
    }

    @Test
    void whatIsNoSecretStaysReadable() {
        String away =
                "org.apache.kafka.common.errors.TimeoutException: the username is required, the broker of kafka is away";

        assertThat(ClientSecrets.hidden(Map.of(
                                "sasl.jaas.config",
                                LOGIN + "required username=\"me\" password=\"hunter2\" serviceName=\"kafka\";"))
                        .text(away))
                .isEqualTo(away);
    }

    private static void hasNoSecret(Throwable thrown) {
        assertThat(Throwables.getStackTrace(thrown)).doesNotContain("hunter2");
    }

    private static KafkaStateRepository repository(Duration limit, Consumer<Step> steps) {
        KafkaStateRepository repository = new KafkaStateRepository(limit, steps);
        repository.setBootstrapServers(Topics.BROKER);
        return repository;
    }

    private static Consumer<Step> at(Step step, Runnable work) {
        return reached -> {
            if (reached == step) {
                work.run();
            }
        };
    }

    private KafkaStateRepository started(KafkaStateRepository repository) {
        repository.setTopic(topic);
        repositories.add(repository);
        repository.start();
        return repository;
    }
}
