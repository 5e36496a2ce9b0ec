package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.GitpodEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process with one route for each of many organizations, each with a token of its own. It obeys the orders on its standard input. */
final class ManyProcess {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<OrderCheck> checks = new ArrayList<>();

    private ManyProcess() {}

    public static void main(String[] args) throws Exception {
        ManyProcess process = new ManyProcess();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(process.obey(order.split(" ")));
        }
        System.exit(0);
    }

    private String obey(String... order) throws Exception {
        switch (order[0]) {
            case "figures" -> {
                return ProcessFigures.text();
            }
            case "cpu" -> {
                return String.valueOf(ProcessFigures.cpuNanos());
            }
            case "threads" -> {
                return ProcessFigures.threads();
            }
            case "start" -> start(order[1], Integer.parseInt(order[2]), order[3].split(","));
            case "await" -> {
                for (OrderCheck check : checks.subList(Integer.parseInt(order[1]), checks.size())) {
                    check.await(LIMIT);
                    check.verify();
                }
            }
            default -> throw new IllegalArgumentException(order[0]);
        }
        return "";
    }

    private void start(String uri, int expected, String... tokens) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < tokens.length; i++) {
                    OrderCheck check = new OrderCheck(expected);
                    checks.add(check);
                    from(uri + "&accessToken=RAW(" + tokens[i] + ")")
                            .routeId("organization-" + i)
                            .process(exchange -> check.accept(id(exchange)));
                }
            }
        });
        context.start();
    }

    private static String id(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        return body instanceof AuditLogEntry entry ? entry.id() : ((GitpodEvent) body).resourceId();
    }
}
