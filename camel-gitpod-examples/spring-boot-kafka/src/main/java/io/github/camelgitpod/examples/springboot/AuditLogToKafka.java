package io.github.camelgitpod.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Sends the audit log to a Kafka topic. Its route is {@link AuditLogRoute}, or as CloudEvents one of the two others; its settings are application.properties. */
@SpringBootApplication
public class AuditLogToKafka {

    public static void main(String[] args) {
        SpringApplication.run(AuditLogToKafka.class, args);
    }
}
