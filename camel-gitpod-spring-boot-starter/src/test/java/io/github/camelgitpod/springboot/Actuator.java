package io.github.camelgitpod.springboot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The management pages of an application, over HTTP. */
final class Actuator {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    Actuator(int port) {
        address = "http://localhost:" + port + "/actuator";
    }

    /** The part that Camel's health checks have, by their ids: status, message and details. */
    JsonNode camelHealth() throws IOException {
        return JSON.readTree(text("/health")).path("components").path("camelHealth");
    }

    /** The status that a readiness probe gets. */
    String readiness() throws IOException {
        return JSON.readTree(text("/health/readiness")).path("status").asText();
    }

    /** The value of a meter; NaN: there is none. */
    double metric(String name, String route) throws IOException {
        JsonNode measurements =
                JSON.readTree(text("/metrics/" + name + "?tag=route:" + route)).path("measurements");
        return measurements.path(0).path("value").asDouble(Double.NaN);
    }

    /** Each page that an application can show of itself, but for dumps. */
    List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>();
        for (JsonNode link : JSON.readTree(text("")).path("_links")) {
            String href = link.path("href").asText();
            if (!href.contains("{") && !href.endsWith("dump")) {
                pages.add(get(href));
            }
        }
        return pages;
    }

    private String text(String path) throws IOException {
        return get(address + path);
    }

    private String get(String uri) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
            String body =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return body.isEmpty() ? "{}" : body;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
