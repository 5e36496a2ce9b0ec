package io.github.camelgitpod.testing.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real broker, one node, in this JVM, which can be closed and started again. */
public final class KafkaBroker implements AutoCloseable {
    private final KafkaConfig config;
    private final String address;
    private KafkaRaftServer server;

    /** Started. */
    public KafkaBroker(Path directory) throws IOException {
        int port = freePort();
        int controllerPort = freePort();
        address = "localhost:" + port;
        Map<String, String> settings = new HashMap<>(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@localhost:" + controllerPort,
                "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "log.dirs", directory.resolve("logs").toString(),
                "num.partitions", "1",
                "controlled.shutdown.enable", "false"));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "200",
                "group.initial.rebalance.delay.ms", "0"));
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = directory.resolve("broker.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
                new PrintStream(PrintStream.nullOutputStream()));
        config = new KafkaConfig(properties);
        start();
    }

    /** One for all tests of this JVM, which ends with it. */
    public static KafkaBroker shared() {
        return Shared.BROKER;
    }

    /** At the same address, with what it holds. */
    public void start() {
        server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
    }

    /** As {@code host:port}. */
    public String address() {
        return address;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Shared {
        private static final KafkaBroker BROKER = create();

        private static KafkaBroker create() {
            try {
                return new KafkaBroker(Files.createTempDirectory("kafka"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
