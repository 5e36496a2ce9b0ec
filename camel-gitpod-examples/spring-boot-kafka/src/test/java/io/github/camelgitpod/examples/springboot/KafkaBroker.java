package io.github.camelgitpod.examples.springboot;

import java.io.IOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real broker, one node, in this JVM, which can be closed and started again. */
final class KafkaBroker implements AutoCloseable {
    private final KafkaConfig config;
    private final String address;
    private KafkaRaftServer server;

    KafkaBroker(Path directory) throws IOException {
        int port = freePort();
        int controllerPort = freePort();
        address = "localhost:" + port;
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@localhost:" + controllerPort,
                "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "log.dirs", directory.resolve("logs").toString(),
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "num.partitions", "1",
                "controlled.shutdown.enable", "false"));
        Path file = directory.resolve("broker.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()}, System.out);
        config = new KafkaConfig(settings);
        start();
    }

    /** At the same address, with what it holds. */
    void start() {
        server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
    }

    String address() {
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
}
