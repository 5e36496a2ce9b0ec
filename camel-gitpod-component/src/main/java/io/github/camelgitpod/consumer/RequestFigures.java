package io.github.camelgitpod.consumer;

import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.meter.Figure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of a consumer's requests. */
public final class RequestFigures {

    private RequestFigures() {}

    public static List<Figure> of(RequestMeter requests) {
        return List.of(
                new Figure.CountBy(
                        "gitpod.requests",
                        "Requests sent, by the API's method and the HTTP status; none: they were not answered",
                        List.of("method", "status"),
                        () -> byMethodAndStatus(requests)),
                new Figure.SpentTime(
                        "gitpod.throttled",
                        "Time in which no request was sent, because the server wanted fewer",
                        requests::throttled));
    }

    private static Map<List<String>, Long> byMethodAndStatus(RequestMeter requests) {
        return requests.requests().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> List.of(entry.getKey().method(), entry.getKey().status()), Map.Entry::getValue));
    }
}
