package io.github.camelgitpod.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.spring.AutoConfigureGitpodSimulator;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** An application that makes the component itself, and wants none of the starter's properties. */
@SpringBootTest(
        classes = OwnComponentTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.endpoints.web.exposure.include=*", "camel.component.gitpod.enabled=false"})
@AutoConfigureGitpodSimulator
class OwnComponentTest {
    @LocalServerPort
    int port;

    @Test
    void hasTheFiguresAllTheSame() throws IOException {
        Actuator actuator = new Actuator(port);
        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(actuator.metric("gitpod.events.streams.open", "events"))
                        .isEqualTo(1));
    }

    /** Without an annotation for which other tests look. */
    @EnableAutoConfiguration
    @Import(TestApplication.class)
    static class Application {

        @Bean
        GitpodComponent gitpod(GitpodSimulator simulator) {
            GitpodComponent component = new GitpodComponent();
            component.getConfiguration().setBaseUrl(simulator.baseUrl());
            component.getConfiguration().setAccessToken(simulator.accessToken());
            return component;
        }
    }
}
