package io.github.camelgitpod;

import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.github.camelgitpod.consumer.ClusteredRoutes;
import io.github.camelgitpod.consumer.RunningConsumers;
import io.github.camelgitpod.event.EventConsumer;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.ObjectHelper;
import org.apache.camel.support.console.AbstractDevConsole;

/** Camel's developer console {@code gitpod}: what each consumer shows in JMX, by the id of its route; nothing secret is there. */
@DevConsole(
        name = "gitpod",
        displayName = "Gitpod",
        description = "Consumers of the audit log and of events: state, position, streams, gaps, coverage, figures")
public class GitpodDevConsole extends AbstractDevConsole {
    private static final String COVERAGE = "Coverage";
    private static final String STREAMS = "StreamsByScope";

    public GitpodDevConsole() {
        super("camel", "gitpod", "Gitpod", "Consumers of the audit log and of events");
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        Map<String, Object> consumers = new LinkedHashMap<>();
        for (Route route : getCamelContext().getRoutes()) {
            RunningConsumers.of(getCamelContext())
                    .behind(route)
                    .<Object>map(consumer -> consumer)
                    .or(() -> ClusteredRoutes.find(getCamelContext(), route))
                    .ifPresent(consumer -> consumers.put(route.getRouteId(), shown(consumer)));
        }
        return new LinkedHashMap<>(Map.of("consumers", consumers));
    }

    private static Map<String, Object> shown(Object consumer) {
        Map<String, Object> shown = attributes(consumer);
        if (consumer instanceof AuditLogConsumer auditLog) {
            shown.put(COVERAGE, auditLog.coverageReport().lines().toList());
        } else if (consumer instanceof EventConsumer events) {
            shown.put(STREAMS, events.streamStates());
        }
        return shown;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        Map<?, ?> consumers = (Map<?, ?>) doCallJson(options).get("consumers");
        return consumers.entrySet().stream()
                .map(consumer -> "Route " + consumer.getKey() + ":\n" + text((Map<?, ?>) consumer.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Map<?, ?> shown) {
        return shown.entrySet().stream()
                .map(entry -> "    " + entry.getKey() + ": " + text(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String text(Object value) {
        return value instanceof List<?> lines
                ? lines.stream().map(Object::toString).collect(Collectors.joining("\n        "))
                : String.valueOf(value);
    }

    /** Those of JMX that are this component's, in the order of their names; without those that have no value now. */
    private static Map<String, Object> attributes(Object consumer) {
        Map<String, Object> shown = new LinkedHashMap<>();
        Arrays.stream(consumer.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(ManagedAttribute.class)
                        && method.getDeclaringClass().getName().startsWith(GitpodDevConsole.class.getPackageName()))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> {
                    Object value = ObjectHelper.invokeMethod(method, consumer);
                    if (value != null) {
                        shown.put(method.getName().substring("get".length()), value);
                    }
                });
        return shown;
    }
}
