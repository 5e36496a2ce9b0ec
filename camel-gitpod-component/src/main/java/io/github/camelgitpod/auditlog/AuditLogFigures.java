package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.AuditLogReader;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.consumer.HealthFigure;
import io.github.camelgitpod.consumer.RequestFigures;
import io.github.camelgitpod.meter.Figure;
import io.github.camelgitpod.meter.Figure.Age;
import io.github.camelgitpod.meter.Figure.Count;
import io.github.camelgitpod.meter.Figure.Level;
import io.github.camelgitpod.meter.Figure.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The figures of a consumer of the audit log. */
final class AuditLogFigures {
    private static final String PREFIX = "gitpod.auditlog.";

    private AuditLogFigures() {}

    /** @param lateness is told who wants to hear how late entries are */
    static List<Figure> of(AuditLogMonitoring consumer, RequestMeter requests, Consumer<Consumer<Duration>> lateness) {
        List<Figure> figures = new ArrayList<>(List.of(
                new Count(PREFIX + "entries", "Entries delivered", consumer::getDeliveredEntries),
                new Count(
                        PREFIX + "entries.late",
                        "Entries that became visible after newer ones had been delivered",
                        consumer::getLateEntries),
                new Count(
                        PREFIX + "entries.beyond.lookback",
                        "Entries that became visible later than lookback, found by a sweep",
                        consumer::getEntriesBeyondLookback),
                new Count(
                        PREFIX + "duplicates.dropped",
                        "Entries that were listed again in the read that delivered them, and not delivered again",
                        consumer::getDroppedDuplicates),
                new Count(
                        PREFIX + "clock.disagreements",
                        "How often the server's clock and this machine's began to disagree by more than lookback",
                        consumer::getClockDisagreements),
                new Count(PREFIX + "state.saves", "How often the cursor was saved", consumer::getStateSaves),
                new Count(
                        PREFIX + "state.save.failures",
                        "How often the cursor could not be saved",
                        consumer::getStateSaveFailures),
                new Level(
                        PREFIX + "read.entries.left",
                        "While a read is under way: about how many entries are left",
                        consumer::getReadEntriesLeft),
                new Age(PREFIX + "lag", "Everything older than this has been delivered", () -> consumer.lag()
                        .orElse(null)),
                new Age(
                        PREFIX + "last.success.age",
                        "How long ago a read was completed last",
                        () -> consumer.lastSuccessAge().orElse(null)),
                new Spread(
                        PREFIX + "lateness",
                        "How late entries became visible, of those that did after newer ones had been delivered",
                        AuditLogReader.latenessBounds(),
                        lateness)));
        figures.add(HealthFigure.of(consumer::report));
        figures.add(HealthFigure.overtaken(consumer::getOvertaken));
        figures.addAll(RequestFigures.of(requests));
        return figures;
    }
}
