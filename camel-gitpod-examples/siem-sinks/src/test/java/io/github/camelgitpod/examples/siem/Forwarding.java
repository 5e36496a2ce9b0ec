package io.github.camelgitpod.examples.siem;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.main.Main;

/** The example as it runs on the command line, with one sink. */
final class Forwarding implements AutoCloseable {
    private final Main main = new Main();

    Forwarding(String sink, GitpodSimulator gitpod, Path directory, Map<String, String> settings) throws Exception {
        gitpod.properties().forEach(main::addOverrideProperty);
        main.addOverrideProperty("sink", sink);
        main.addOverrideProperty("audit-log.state", directory.resolve("state").toString());
        main.addOverrideProperty("audit-log.delay", "50ms");
        main.addOverrideProperty("sink.pause", "50");
        settings.forEach(main::addOverrideProperty);
        main.start();
    }

    @Override
    public void close() {
        main.stop();
    }
}
