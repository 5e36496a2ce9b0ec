package io.github.camelgitpod.examples.forwarder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.kafka.clients.admin.Admin;

/** Whether the topic of the settings is there, for the check: the body becomes the answer in words. */
public final class KafkaTopic implements Processor {
    private static final int SECONDS = 10;
    private static final Map<String, String> SETTINGS = Map.of(
            "bootstrap.servers", "kafka.brokers",
            "security.protocol", "kafka.securityProtocol",
            "sasl.mechanism", "kafka.saslMechanism",
            "sasl.jaas.config", "kafka.saslJaasConfig");

    @Override
    public void process(Exchange exchange) throws Exception {
        PropertiesComponent settings = exchange.getContext().getPropertiesComponent();
        Map<String, Object> kafka = new HashMap<>();
        SETTINGS.forEach(
                (name, setting) -> settings.resolveProperty(setting).ifPresent(value -> kafka.put(name, value)));
        String topic = settings.resolveProperty("kafka.topic").orElseThrow();
        try (Admin admin = Admin.create(kafka)) {
            admin.describeTopics(List.of(topic)).allTopicNames().get(SECONDS, TimeUnit.SECONDS);
            exchange.getMessage().setBody("the topic " + topic + " is there");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topic " + topic + ": " + e.getCause(), e);
        }
    }
}
