package io.github.camelgitpod.event;

import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.consumer.HealthFigure;
import io.github.camelgitpod.consumer.RequestFigures;
import io.github.camelgitpod.meter.Figure;
import io.github.camelgitpod.meter.Figure.Age;
import io.github.camelgitpod.meter.Figure.Count;
import io.github.camelgitpod.meter.Figure.CountBy;
import io.github.camelgitpod.meter.Figure.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of a consumer of events. */
final class EventFigures {
    private static final String PREFIX = "gitpod.events.";

    private EventFigures() {}

    static List<Figure> of(EventMonitoring consumer, RequestMeter requests) {
        List<Figure> figures = new ArrayList<>(List.of(
                new Count("gitpod.events", "Events received", consumer::getEvents),
                new CountBy(
                        PREFIX + "gaps",
                        "Times in which events may have been missed, by the reason",
                        List.of("reason"),
                        () -> gaps(consumer)),
                new Count(
                        PREFIX + "gaps.closed",
                        "Gaps of which all was delivered that could be recovered",
                        consumer::getClosedGaps),
                new Count(PREFIX + "recovered", "Events that were recovered after gaps", consumer::getRecoveredEvents),
                new Count(PREFIX + "connects", "Connections opened", consumer::getConnects),
                new Count(
                        PREFIX + "renewals",
                        "Connections that were replaced by a new one before they ended",
                        consumer::getRenewals),
                new Count(PREFIX + "skipped.lines", "Lines that were not events", consumer::getSkippedLines),
                new Level(PREFIX + "streams", "Streams that are held", consumer::getStreams),
                new Level(PREFIX + "streams.open", "Streams that have a connection", consumer::getOpenStreams),
                new Level(
                        PREFIX + "waiting",
                        "Events that were received and wait for the route",
                        consumer::getWaitingEvents),
                new Age(PREFIX + "connection.age", "How old the oldest of the connections is", () -> consumer.consumed()
                        .connectionAge())));
        figures.add(HealthFigure.of(consumer::report));
        figures.add(HealthFigure.overtaken(consumer::getOvertaken));
        figures.addAll(RequestFigures.of(requests));
        return figures;
    }

    private static Map<List<String>, Long> gaps(EventMonitoring consumer) {
        return consumer.status().figures().gapsByReason().entrySet().stream()
                .collect(Collectors.toMap(entry -> List.of(entry.getKey()), Map.Entry::getValue));
    }
}
