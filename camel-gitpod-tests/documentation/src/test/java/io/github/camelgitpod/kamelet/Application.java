package io.github.camelgitpod.kamelet;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** An application with camel-main and routes in YAML, which hand what they get to the bean {@code sink}. */
final class Application implements AutoCloseable {
    private final Main main = new Main();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    /**
     * Starts it.
     *
     * @param yaml its routes
     */
    Application(String yaml) throws Exception {
        this(yaml, Map.of());
    }

    /**
     * Starts it.
     *
     * @param yaml     its routes
     * @param settings as in its {@code application.properties}
     */
    Application(String yaml, Map<String, String> settings) throws Exception {
        settings.forEach(main::addInitialProperty);
        Processor sink = exchange -> exchanges.add(exchange.copy());
        main.bind("sink", sink);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                load(support.getCamelContext(), yaml);
            }
        });
        try {
            main.start();
        } catch (Exception e) {
            main.stop();
            throw e;
        }
    }

    /**
     * A route that begins with a Kamelet and ends in the sink.
     *
     * @param parameters the Kamelet's
     * @param steps      in between, each in one line
     */
    static String route(String kamelet, Map<String, String> parameters, String... steps) {
        StringBuilder yaml = new StringBuilder("- route:\n    from:\n      uri: kamelet:" + kamelet + "\n");
        yaml.append("      parameters:\n");
        parameters.forEach((name, value) -> yaml.append("        %s: \"%s\"\n".formatted(name, value)));
        yaml.append("      steps:\n");
        Stream.concat(Stream.of(steps), Stream.of("process: {ref: sink}"))
                .forEach(step -> yaml.append("        - " + step + "\n"));
        return yaml.toString();
    }

    /** What arrived so far. */
    List<Exchange> exchanges() {
        return exchanges;
    }

    /** The bodies of what arrived so far, as texts. */
    List<String> texts() {
        return exchanges.stream()
                .map(exchange -> exchange.getMessage().getBody(String.class))
                .toList();
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
    }

    private static void load(CamelContext context, String yaml) {
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", yaml));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
