package io.github.camelgitpod.benchmarks.server;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.TroubleRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The simulator's process: does what it reads, one order a line, and answers each with a line. */
final class ServerMain {
    private final EventFeed feed = new EventFeed();
    private GitpodSimulator simulator = GitpodSimulator.start();
    private TroubleRule roundTrip;
    private Tenants tenants;

    private ServerMain() {}

    public static void main(String[] args) throws IOException {
        ServerMain server = new ServerMain();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        // Its end is the end of the process that gives the orders.
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(server.obey(order.split(" ")));
        }
        System.exit(0);
    }

    private String obey(String... order) {
        return switch (order[0]) {
            case "history" ->
                history(History.valueOf(order[1]), Integer.parseInt(order[2]), Boolean.parseBoolean(order[3]));
            case "roundTrip" -> roundTrip(Duration.ofMillis(Long.parseLong(order[1])));
            case "requests" -> requests();
            case "tenants" -> {
                tenants = new Tenants(simulator, Integer.parseInt(order[1]), Integer.parseInt(order[2]));
                yield tenants.tokens();
            }
            case "tenantsWatched" -> String.valueOf(tenants.watched());
            case "tenantsRequests" -> String.valueOf(tenants.requests());
            case "tenantsFlood" -> {
                tenants.flood(feed);
                yield "";
            }
            case "trouble" -> {
                tenants.trouble(order[1]);
                yield "";
            }
            case "streams" -> String.valueOf(simulator.eventStreams().open());
            case "prepare" -> {
                feed.prepare(Integer.parseInt(order[1]));
                yield "";
            }
            case "flood" -> {
                feed.flood(simulator.eventStreams());
                yield "";
            }
            case "trickle" -> {
                feed.trickle(simulator.eventStreams(), Integer.parseInt(order[1]), Integer.parseInt(order[2]));
                yield "";
            }
            case "endStreams" -> {
                simulator.eventStreams().endAll();
                yield "";
            }
            default -> throw new IllegalArgumentException(order[0]);
        };
    }

    private String history(History history, int entries, boolean compression) {
        simulator.close();
        simulator = GitpodSimulator.builder().compression(compression).start();
        simulator.eventStreams().logging(false);
        roundTrip = null;
        history.entries(entries, simulator.auditLog()::addAll);
        return simulator.baseUrl() + " " + simulator.accessToken() + " " + History.end();
    }

    private String roundTrip(Duration time) {
        if (roundTrip != null) {
            roundTrip.clear();
        }
        roundTrip =
                time.isZero() ? null : simulator.trouble().on("ListAuditLogs").delay(time);
        return "";
    }

    /** Since it was asked last. */
    private String requests() {
        long count = simulator.requests().count("ListAuditLogs");
        simulator.requests().clear();
        return String.valueOf(count);
    }
}
