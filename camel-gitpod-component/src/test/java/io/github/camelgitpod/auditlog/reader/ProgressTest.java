package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.model.AuditLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProgressTest {
    private static final Instant BEGIN = Instant.parse("2026-02-18T10:00:00Z");

    private final AtomicLong nanoTime = new AtomicLong();
    private final AtomicLong requests = new AtomicLong(7);
    private final Progress progress = new Progress(nanoTime::get, requests::get);
    private final Logger logger = (Logger) LoggerFactory.getLogger(Progress.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    @Test
    void whatIsLeftIsGuessedByWhatWasRead() {
        progress.begin(BEGIN.plusSeconds(1_000));
        page(100, Duration.ofSeconds(2));

        assertThat(progress.current()).isEqualTo(new ReadProgress(BEGIN.plusSeconds(100), 100, 50, 1, 900, 18));

        page(100, Duration.ofSeconds(2));
        assertThat(progress.current()).isEqualTo(new ReadProgress(BEGIN.plusSeconds(200), 200, 50, 2, 800, 16));
    }

    @Test
    void aLongReadIsToldOfEveryTenSecondsAndAtItsEnd() {
        progress.begin(BEGIN.plusSeconds(10_000));
        IntStream.range(0, 25).forEach(i -> page(100, Duration.ofSeconds(1)));
        progress.end(true);

        assertThat(lines.list).hasSize(3);
        assertThat(lines.list.get(0).getFormattedMessage())
                .isEqualTo("Reading: at 2026-02-18T10:16:40Z, 1000 entries in 10 requests, 100 entries/s; about 9000"
                        + " entries and 1m30s left");
        assertThat(lines.list.get(2).getFormattedMessage())
                .isEqualTo("Reading is complete: 2500 entries in 25 requests and 25 s");
        assertThat(progress.current()).isEqualTo(ReadProgress.NONE);
    }

    @Test
    void aShortOneIsNot() {
        progress.begin(BEGIN.plusSeconds(100));
        page(100, Duration.ofSeconds(9));
        progress.end(true);
        progress.begin(BEGIN.plusSeconds(200));
        page(100, Duration.ofSeconds(9));
        progress.end(false);

        assertThat(lines.list).isEmpty();
    }

    private long entries;

    /** One entry a second. */
    private void page(int size, Duration time) {
        List<AuditLogEntry> page = IntStream.range(0, size)
                .mapToObj(i -> EntryMaker.bare("entry", BEGIN.plusSeconds(entries++)))
                .toList();
        nanoTime.addAndGet(time.toNanos());
        requests.incrementAndGet();
        progress.delivered(page, BEGIN.plusSeconds(entries));
    }
}
