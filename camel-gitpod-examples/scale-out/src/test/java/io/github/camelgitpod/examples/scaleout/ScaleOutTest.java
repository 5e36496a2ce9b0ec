package io.github.camelgitpod.examples.scaleout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import io.github.camelgitpod.testing.kafka.KafkaBroker;
import io.github.camelgitpod.testing.process.JavaCommand;
import io.github.camelgitpod.testing.process.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three processes and one broker. The one that leads is killed: the others go on, and nothing is lost. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no SIGKILL")
class ScaleOutTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String TOPIC = "audit";
    private static final int PARTITIONS = 3;
    private static final int COMMIT_EVERY = 100;
    private static final int ROUTES = 2;

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension(GitpodSimulator.builder());

    @TempDir
    Path directory;

    private final List<LoggedProcess> machines = new ArrayList<>();
    private final List<ConsumerRecord<String, String>> records = new ArrayList<>();
    private int added;

    @Test
    void nothingIsLostWhenTheLeaderOfBothRoutesIsKilled() throws Exception {
        try (KafkaBroker broker = KafkaBroker.shared();
                KafkaConsumer<String, String> consumer = consumer(broker)) {
            add(40);
            start(broker);
            awaitAll(consumer);
            // The first one leads both routes: the others have to wait.
            start(broker);
            start(broker);
            await().atMost(PATIENCE)
                    .until(() -> machines.get(1).log().contains("started in")
                            && machines.get(2).log().contains("started in"));

            add(200);
            await().atMost(PATIENCE).until(() -> arrived(consumer).size() > 60);
            machines.get(0).kill();
            add(20);
            awaitAll(consumer);
        } finally {
            machines.forEach(LoggedProcess::close);
        }
        assertThat(records).hasSizeLessThanOrEqualTo(added + ROUTES * COMMIT_EVERY);
        Map<String, Set<Integer>> partitions = records.stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key, Collectors.mapping(ConsumerRecord::partition, Collectors.toSet())));
        assertThat(partitions.values())
                .allSatisfy(ofOneSubject -> assertThat(ofOneSubject).hasSize(1));
        assertThat(records).extracting(ConsumerRecord::partition).contains(0, 1, 2);
    }

    /** A kind that no route asks for would be lost without a word. */
    @Test
    void eachKindOfActorIsReadByOneRoute() throws IOException {
        String page = Files.readString(Path.of("../../src-docs/modules/ROOT/pages/values.adoc"));
        Matcher known = Pattern.compile("// PRINCIPAL: START\\s+(.*)").matcher(page);
        assertThat(known.find()).isTrue();
        String route = Files.readString(Path.of("src/main/resources/camel/audit-log.camel.yaml"));

        assertThat(Pattern.compile("actorPrincipals: (.*)")
                        .matcher(route)
                        .results()
                        .flatMap(filter -> Stream.of(filter.group(1).split(","))))
                .containsExactlyInAnyOrder(known.group(1).replace("`", "").split(", "));
    }

    /** By people and by machines in turn, about some subjects. */
    private void add(int count) {
        List<String> principals =
                List.of("PRINCIPAL_USER", "PRINCIPAL_RUNNER", "PRINCIPAL_SERVICE_ACCOUNT", "PRINCIPAL_ENVIRONMENT");
        GitpodSimulator gitpod = extension.simulator();
        for (int i = 0; i < count; i++, added++) {
            gitpod.auditLog()
                    .add(Entry.at(gitpod.now())
                            .withActor(principals.get(added % principals.size()), "actor")
                            .withSubject("RESOURCE_TYPE_ENVIRONMENT", "subject " + added % 20));
        }
    }

    private void start(KafkaBroker broker) throws IOException {
        List<String> properties = List.of(
                "kafka.brokers=" + broker.address(), "kafka.topic=" + TOPIC, "from=beginning", "poll.delay=100ms");
        ProcessBuilder builder = JavaCommand.small(
                "128m", properties, ScaleOut.class, directory.resolve("cluster").toString());
        builder.environment().put("GITPOD_BASE_URL", extension.simulator().baseUrl());
        builder.environment().put("GITPOD_API_KEY", extension.simulator().accessToken());
        machines.add(LoggedProcess.start(builder, directory.resolve("machine-" + machines.size() + ".log")));
    }

    private static KafkaConsumer<String, String> consumer(KafkaBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

    private void awaitAll(KafkaConsumer<String, String> consumer) throws IOException {
        Set<String> sent = extension.simulator().auditLog().entries().stream()
                .map(Entry::json)
                .collect(Collectors.toSet());
        await().atMost(PATIENCE).until(() -> arrived(consumer).equals(sent));
    }

    private Set<String> arrived(KafkaConsumer<String, String> consumer) throws IOException {
        machines.get(machines.size() - 1).assertRuns();
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        return records.stream().map(ConsumerRecord::value).collect(Collectors.toCollection(HashSet::new));
    }
}
