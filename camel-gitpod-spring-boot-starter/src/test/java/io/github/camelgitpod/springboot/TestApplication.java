package io.github.camelgitpod.springboot;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** What a user writes: routes, and a bean that one of them refers to. */
@SpringBootConfiguration
@EnableAutoConfiguration
class TestApplication {

    @Bean
    StateRepository<String, String> cursors() {
        return new MemoryStateRepository();
    }

    @Bean
    RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&initialDelay=0&delay=50ms&stateRepository=#bean:cursors")
                        .routeId("audit-log")
                        .to("mock:entries")
                        .transformDataType("gitpod:application-cloudevents+json")
                        .to("mock:cloud-events");
                from("gitpod:events?reconnectDelay=10ms&maxReconnectDelay=50ms")
                        .routeId("events")
                        .to("mock:events");
            }
        };
    }
}
