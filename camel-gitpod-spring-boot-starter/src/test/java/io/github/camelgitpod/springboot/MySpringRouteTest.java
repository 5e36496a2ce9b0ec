package io.github.camelgitpod.springboot;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.spring.AutoConfigureGitpodSimulator;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@AutoConfigureGitpodSimulator
class MySpringRouteTest {
    @Autowired
    GitpodSimulator gitpod;

    @Autowired
    CamelContext camel;

    @Test
    void entriesArrive() throws Exception {
        Entry entry = gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(60)));

        MockEndpoint sink = camel.getEndpoint("mock:entries", MockEndpoint.class);
        sink.expectedBodiesReceived(entry.json());
        sink.assertIsSatisfied();
    }
}
