package io.github.camelgitpod.examples.siem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.examples.siem.HttpSink.Answer;
import io.github.camelgitpod.examples.siem.HttpSink.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A stand-in for Splunk's HTTP Event Collector with indexer acknowledgement. It has accepted events in memory, indexes them two
 * requests later, and loses on a restart what it has not indexed, and the numbers that it gave.
 */
public final class Splunk {
    public static final String TOKEN = "not-a-real-token";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int REQUESTS = 2;

    private final Arrivals indexed = new Arrivals();
    private final Map<Long, List<String>> accepted = new HashMap<>();
    private final Map<Long, Integer> age = new HashMap<>();
    private final Set<Long> acknowledgements = new HashSet<>();
    private long nextAckId;
    private int lost;

    public synchronized Answer take(Request request) throws IOException {
        if (!("Splunk " + TOKEN).equals(request.headers().get("authorization"))) {
            return new Answer(403, "{\"text\":\"Invalid token\",\"code\":4}");
        }
        if (!request.headers().containsKey("x-splunk-request-channel")) {
            return new Answer(400, "{\"text\":\"Data channel is missing\",\"code\":10}");
        }
        index();
        return switch (request.path()) {
            case "/services/collector/event" -> accept(request.body());
            case "/services/collector/ack" -> acknowledge(MAPPER.readTree(request.body()));
            default -> new Answer(404, "{\"text\":\"The requested URL was not found on this server.\",\"code\":404}");
        };
    }

    private Answer accept(String body) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode envelope :
                MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(body).readAll()) {
            if (!envelope.path("time").isNumber() || !envelope.path("event").isObject()) {
                return new Answer(400, "{\"text\":\"Invalid data format\",\"code\":6}");
            }
            ids.add(envelope.at("/event/metadata/original_event_uid").asText());
        }
        long ackId = nextAckId++;
        accepted.put(ackId, ids);
        return new Answer(200, "{\"text\":\"Success\",\"code\":0,\"ackId\":" + ackId + "}");
    }

    private void index() {
        for (Long ackId : List.copyOf(accepted.keySet())) {
            if (age.merge(ackId, 1, Integer::sum) == REQUESTS) {
                indexed.add(accepted.remove(ackId));
                acknowledgements.add(ackId);
            }
        }
    }

    /** A number is told as indexed once. */
    private Answer acknowledge(JsonNode question) throws IOException {
        Map<String, Boolean> acks = new HashMap<>();
        for (JsonNode number : question.path("acks")) {
            acks.put(number.asText(), acknowledgements.remove(number.asLong()));
        }
        return new Answer(200, MAPPER.writeValueAsString(Map.of("acks", acks)));
    }

    synchronized void restart() {
        lost += accepted.values().stream().mapToInt(List::size).sum();
        accepted.clear();
        age.clear();
        acknowledgements.clear();
        nextAckId = 0;
    }

    public Arrivals indexed() {
        return indexed;
    }

    /** How many accepted events restarts took. */
    synchronized int lost() {
        return lost;
    }
}
