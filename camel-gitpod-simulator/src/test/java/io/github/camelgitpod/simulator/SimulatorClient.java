package io.github.camelgitpod.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Asks a simulator over real HTTP, as any client would. */
final class SimulatorClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final GitpodSimulator simulator;

    SimulatorClient(GitpodSimulator simulator) {
        this.simulator = simulator;
    }

    HttpRequest.Builder request(String method, String body) {
        String service =
                switch (method.replaceFirst("\\?.*", "")) {
                    case "GetAuthenticatedIdentity" -> "IdentityService";
                    case "ListEnvironments" -> "EnvironmentService";
                    case "ListProjects" -> "ProjectService";
                    case "ListRunners" -> "RunnerService";
                    case "ListMembers" -> "OrganizationService";
                    case "ListServiceAccounts" -> "ServiceAccountService";
                    default -> "EventService";
                };
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/gitpod.v1." + service + "/" + method))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + simulator.accessToken())
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpRequest.Builder watch(String body) {
        return request("WatchEvents", body).header("Accept", "application/jsonl");
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> post(String method, String body) {
        return send(request(method, body));
    }

    JsonNode json(String method, String body) {
        HttpResponse<String> response = post(method, body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Json.read(response.body());
    }

    /** An open stream, its headers read. */
    InputStream open(String body) {
        HttpResponse<InputStream> response = send(watch(body), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode());
        }
        return response.body();
    }

    static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("entries").forEach(entry -> ids.add(entry.get("id").asText()));
        return ids;
    }

    static String nextToken(JsonNode page) {
        return page.path("pagination").path("nextToken").asText();
    }

    /** The ids of a whole listing; {@code inner} is the request without its pagination, such as {@code "sort":{...}}. */
    List<String> walk(String inner, int pageSize) {
        List<String> ids = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = json(
                    "ListAuditLogs",
                    "{" + inner + (inner.isEmpty() ? "" : ",") + "\"pagination\":{\"pageSize\":" + pageSize
                            + ",\"token\":\"" + token + "\"}}");
            ids.addAll(ids(page));
            token = nextToken(page);
        } while (!token.isEmpty());
        return ids;
    }
}
