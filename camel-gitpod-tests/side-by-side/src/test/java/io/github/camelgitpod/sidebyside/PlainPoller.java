package io.github.camelgitpod.sidebyside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;

/**
 * A poller of the usual kind: it asks for {@code [from, now)}, writes what comes, and begins the next time where this one
 * ended. It follows pages, saves its place after each poll, not before, and asks again when a poll failed.
 */
final class PlainPoller {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path saved;
    private final Path arrivals;

    private PlainPoller(Path saved, Path arrivals) {
        this.saved = saved;
        this.arrivals = arrivals;
    }

    /** @param args where to save its place, where to write, where to begin, and the milliseconds between polls */
    public static void main(String[] args) throws Exception {
        PlainPoller poller = new PlainPoller(Path.of(args[0]), Path.of(args[1]));
        String from = Files.exists(poller.saved) ? Files.readString(poller.saved) : args[2];
        while (true) {
            String to = Instant.now().toString();
            try {
                poller.poll(from, to);
                poller.save(to);
                from = to;
            } catch (IOException e) {
                System.err.println("The poll failed, again later: " + e.getMessage());
            }
            Thread.sleep(Long.parseLong(args[3]));
        }
    }

    private void poll(String from, String to) throws IOException, InterruptedException {
        String token = "";
        do {
            JsonNode page = page(Map.of(
                    "filter", Map.of("from", from, "to", to),
                    "sort", Map.of("field", "createdAt", "order", "SORT_ORDER_ASC"),
                    "pagination", Map.of("pageSize", 100, "token", token)));
            for (JsonNode entry : page.path("entries")) {
                Files.writeString(arrivals, entry + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            token = page.path("pagination").path("nextToken").asText();
        } while (!token.isEmpty());
    }

    private JsonNode page(Map<String, Object> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(System.getenv("GITPOD_BASE_URL") + "/gitpod.v1.EventService/ListAuditLogs"))
                .header("Authorization", "Bearer " + System.getenv("GITPOD_API_KEY"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private void save(String to) throws IOException {
        Path next = Files.writeString(saved.resolveSibling(saved.getFileName() + ".new"), to);
        Files.move(next, saved, StandardCopyOption.ATOMIC_MOVE);
    }
}
