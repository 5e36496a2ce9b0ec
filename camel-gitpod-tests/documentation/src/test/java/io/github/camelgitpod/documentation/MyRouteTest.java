package io.github.camelgitpod.documentation;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MyRouteTest {
    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @Test
    void entriesArrive() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        Entry entry = gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(60)));

        Main main = new Main();
        gitpod.properties().forEach(main::addOverrideProperty);
        main.configure().addRoutesBuilder(new MyRoutes());
        main.start();
        try {
            MockEndpoint sink = main.getCamelContext().getEndpoint("mock:sink", MockEndpoint.class);
            sink.expectedBodiesReceived(entry.json());
            sink.assertIsSatisfied();
        } finally {
            main.stop();
        }
    }
}
