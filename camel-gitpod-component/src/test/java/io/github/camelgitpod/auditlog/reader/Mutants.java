package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.reader.MutantsTest.Mutant;
import java.util.stream.Stream;

/** Ways to get the algorithm wrong. */
final class Mutants {
    private static final String CRASHES = "crashes";
    private static final String CATCH_UPS = "crashes, long catch-ups, 4 concurrent requests";

    private Mutants() {}

    /** For the watermark, the order of saving and delivering, and the way from page to page. */
    static Stream<Mutant> ofTheCursor() {
        return Stream.of(
                new Mutant(
                        "watermark follows the newest entry",
                        CRASHES,
                        "AuditLogReader",
                        "keeper.advanceTo(bound);",
                        "keeper.advanceTo(keeper.cursor().newest() == null ? bound : keeper.cursor().newest());"),
                new Mutant(
                        "watermark = poll start (no lookback)",
                        CRASHES,
                        "AuditLogReader",
                        "Instant settled = clocks.settled();",
                        "Instant settled = clocks.earliest();"),
                new Mutant(
                        "lookback halved",
                        CRASHES,
                        "AuditLogReader",
                        "Instant settled = clocks.settled();",
                        "Instant settled = clocks.earliest().minus(settings.lookback().dividedBy(2));"),
                new Mutant(
                        "restart exclusive (+1 \u00b5s)",
                        CRASHES,
                        "AuditLogWalk",
                        "Instant next = Granule.floor(last);",
                        "Instant next = Granule.next(Granule.floor(last));"),
                new Mutant(
                        "empty page ends the walk",
                        CRASHES,
                        "AuditLogWalk",
                        "if (!page.entries().isEmpty() || !page.hasNext()) {",
                        "if (page.entries().isEmpty()) { return new AuditLogPage(page.entries(), null); } else {"),
                new Mutant(
                        "commit before emit",
                        CRASHES,
                        "Poll",
                        "if (!fresh.isEmpty() && !delivery.deliver(fresh, this)) {",
                        "fresh.forEach(entry -> keeper.confirmed(entry, now)); keeper.save();"
                                + " if (!fresh.isEmpty() && !delivery.deliver(fresh, this)) {"),
                new Mutant(
                        "tail read moves the watermark",
                        "crashes, polls of two speeds",
                        "AuditLogReader",
                        "new Poll(server, keeper, monitor, owner, present, full ? settled : null)",
                        "new Poll(server, keeper, monitor, owner, present, settled)"),
                new Mutant(
                        "coverage reaches to the present",
                        CRASHES,
                        "AuditLogReader",
                        "keeper.fullyRead(bound, clocks, finished);",
                        "keeper.fullyRead(clocks.earliest(), clocks, finished);"),
                new Mutant(
                        "coverage counts what is delivered after its end",
                        CRASHES,
                        "Coverage",
                        "return state(span(until, entries - cursor.deliveredFrom(until)));",
                        "return state(span(until, entries));"),
                new Mutant(
                        "coverage not saved with the cursor",
                        CRASHES,
                        "CursorKeeper",
                        "coverage = stored.coverage() == null ? new Coverage() : Coverage.of(stored.coverage());",
                        "coverage = new Coverage(); coverage.begin(Instant.EPOCH, machine.instant(), \"\", 0);"),
                new Mutant(
                        "seen set not persisted",
                        CRASHES,
                        "AuditLogCursor",
                        "new CursorState(watermark, delivered, filter",
                        "new CursorState(watermark, io.github.camelgitpod.state.DeliveredIds.of(java.util.Map.of()), filter"));
    }

    /** For the schedule, the kinds of walks, filters, servers and sweeps. */
    static Stream<Mutant> ofWalksAndSweeps() {
        return Stream.of(
                new Mutant(
                        "what is settled passed over like the middle",
                        "crashes, polls of two speeds",
                        "ReadSchedule",
                        "ranges.add(new TimeRange(from, begin));",
                        "ranges.add(new TimeRange(from, from));"),
                new Mutant(
                        "middle begins a moment early",
                        "crashes, polls of two speeds",
                        "ReadSchedule",
                        "new TimeRange(settledOrRipe, ",
                        "new TimeRange(settledOrRipe.minusSeconds(10), "),
                new Mutant(
                        "only the recent part of a legacy server's log read again",
                        "server replaced by a legacy one in mid-run, few polls",
                        "Poll",
                        "Instant from = ranges.get(0).from();",
                        "Instant from = ranges.get(ranges.size() - 1).from();"),
                new Mutant(
                        "saturated microsecond walked once only",
                        "saturated microseconds, unstable ties, few polls",
                        "SaturatedGranule",
                        "? 0 : quiet + 1;\n                beginWalk();",
                        "? QUIET_WALKS : QUIET_WALKS;\n                beginWalk();"),
                new Mutant(
                        "saturated microsecond stepped over",
                        "saturated microseconds, unstable ties",
                        "SaturatedGranule",
                        "while (quiet < QUIET_WALKS && !isHopeless()) {",
                        "while (walks > MAX_WALKS) {"),
                new Mutant(
                        "page that may stand behind others stepped over",
                        "crashes, ignores the sort order, ties as long as pages",
                        "AuditLogWalk",
                        "if (mayStandBehindOthers(page)) {",
                        "if (1 == 2 && mayStandBehindOthers(page)) {"),
                new Mutant(
                        "evidence of a sorting server is for ever",
                        "slow server replaced by one that ignores the sort order, ties longer than pages",
                        "AuditLogWalk",
                        "if (!page.hasNext() || only == null) {",
                        "if (only == null && !page.entries().isEmpty()) { searched = Instant.MAX; } if (!page.hasNext() || only == null) {"),
                new Mutant(
                        "filter chunk dropped",
                        "crashes, 5 filter chunks merged",
                        "MergedWalk",
                        "walks.forEach(",
                        "walks.stream().skip(1).forEach("),
                new Mutant(
                        "merged position is the furthest",
                        "errors, the sink fails, 5 filter chunks merged",
                        "MergedWalk",
                        "map(Source::position).min(",
                        "map(Source::position).max("),
                new Mutant(
                        "list left to the client not applied",
                        "crashes, a filter list left to the client",
                        "FilterPlan",
                        "return rest.matches(entry);",
                        "return true;"),
                new Mutant(
                        "entry that failed passed over",
                        "crashes, the sink fails",
                        "Poll",
                        "!delivery.deliver(fresh, this)) {\n            return false;",
                        "!delivery.deliver(fresh, this)) {\n            return true;"),
                new Mutant(
                        "entry without a time moves the position",
                        "crashes, entries without a time",
                        "Poll",
                        "if (entry.createdAt() != null) {\n            reached = entry.createdAt();\n        }",
                        "reached = entry.createdAt() != null ? entry.createdAt() : now;"),
                new Mutant(
                        "nothing is late",
                        "ties and late entries",
                        "AuditLogCursor",
                        "return newest != null && entry.createdAt() != null && entry.createdAt().isBefore(newest);",
                        "return false;"),
                new Mutant(
                        "order not checked",
                        "legacy IGNORES_SORT",
                        "CheckedPages",
                        "if (at.isBefore(before)) {",
                        "if (1 == 2) {"),
                new Mutant(
                        "what was delivered before the server turned out legacy comes again",
                        "server replaced by a legacy one between two pages",
                        "Poll",
                        "from.isBefore(watermark) ? watermark : from",
                        "from"),
                new Mutant(
                        "legacy walk stops at the first page",
                        "legacy IGNORES_ALL",
                        "LegacyWalk",
                        "if (!page.hasNext() || isBeforeRange) {",
                        "if (true) {"),
                new Mutant(
                        "legacy walk hands out newest first",
                        "crashes, legacy IGNORES_ALL",
                        "PageStack",
                        "memory.push(page);",
                        "memory.add(page);"),
                new Mutant(
                        "cursor saved before the log of delivered ids",
                        "sweeps, lateness of 4 lookbacks, crashes",
                        "CursorSaves",
                        "            saveLog(log);\n            return saveCursor(changed, cursor);",
                        "            boolean saved = saveCursor(changed, cursor);\n            saveLog(log);\n            return saved;"),
                new Mutant(
                        "log of delivered ids counts as saved when that failed",
                        "sweeps, saves fail, crashes",
                        "CursorSaves",
                        "store.saveDeliveredLog(log.encode());\n            log.saved();",
                        "log.saved();\n            store.saveDeliveredLog(log.encode());"),
                new Mutant(
                        "what the cursor forgets is not logged",
                        "sweeps, lateness of 4 lookbacks",
                        "CursorKeeper",
                        "log.add(id, createdAt);",
                        ""),
                new Mutant(
                        "what a sweep delivered is not logged",
                        "sweeps, lateness of 4 lookbacks",
                        "CursorKeeper",
                        "log.add(entry.key(), entry.createdAt());",
                        ""),
                new Mutant(
                        "log with a hole taken for whole",
                        "sweeps pause for a third of the time",
                        "DeliveredLog",
                        "return log.until.isBefore(watermark) || log.since.isAfter(watermark) ? beginningAt(watermark) : log;",
                        "return log;"));
    }

    /** For clocks that are wrong. */
    static Stream<Mutant> ofClocks() {
        return Stream.of(
                new Mutant(
                        "watermark by the server's clock alone",
                        "crashes, server's clock ahead",
                        "Clocks",
                        "return earlier(server, machine);",
                        "return server;"),
                new Mutant(
                        "watermark by this machine's clock alone",
                        "machine's clock jumps",
                        "Clocks",
                        "return earlier(server, machine);",
                        "return machine;"),
                new Mutant(
                        "watermark passes the newest entry",
                        "crashes, both clocks ahead from the beginning, nothing is late",
                        "AuditLogCursor",
                        "known == null ? watermark : Granule.floor(Clocks.earlier(bound, known));",
                        "Granule.floor(bound);"),
                new Mutant(
                        "reads end by the earlier clock",
                        "crashes, server's clock behind for good",
                        "Clocks",
                        "return later(server, machine);",
                        "return earlier(server, machine);"),
                new Mutant(
                        "a clock that was set back stops full reads",
                        "machine's clock ahead again and again",
                        "Interval",
                        "|| now.isBefore(begun)",
                        ""));
    }

    /** For two consumers of one cursor. */
    static Stream<Mutant> ofRivals() {
        return Stream.of(
                new Mutant(
                        "an overtaken consumer saves over the other one's cursor",
                        Rivals.NAME,
                        "CursorSaves",
                        "store.verify();",
                        ""),
                new Mutant("it goes on with what it knew", Rivals.NAME, "AuditLogReader", "keeper.readAnew();", ""),
                new Mutant(
                        "it never goes on",
                        Rivals.NAME,
                        "AuditLogReader",
                        "if (!standby.isOver(keeper.stored()) && !wanted) {",
                        "if (!wanted) {"));
    }

    /** For what a cursor remembers in parts. */
    static Stream<Mutant> ofParts() {
        return Stream.of(
                new Mutant(
                        "parts are not read",
                        CRASHES,
                        "CursorParts",
                        "state.delivered().load(slot, name, content.get());",
                        ""),
                new Mutant(
                        "a part is forgotten with its first entry",
                        CRASHES,
                        "DeliveredIds",
                        "stream().max(Instant::compareTo)",
                        "stream().min(Instant::compareTo)"),
                new Mutant(
                        "it is not looked for the other one's cursor",
                        Rivals.NAME,
                        "CursorParts",
                        "fence.verify();\n                known.add(slot);",
                        "known.add(slot);"));
    }

    /** In reading ahead. */
    static Stream<Mutant> ofReadingAhead() {
        return Stream.of(
                new Mutant(
                        "a window begins after the end of the one before",
                        CATCH_UPS,
                        "Window",
                        "begin = next;",
                        "begin = Granule.next(next);"),
                new Mutant(
                        "a window ends before the begin of the next one",
                        CATCH_UPS,
                        "Window",
                        "parts.add(new Window(walks, begin, next));",
                        "parts.add(new Window(walks, begin, next.minusSeconds(9)));"),
                new Mutant(
                        "the rest of a window that is cut begins after what was read",
                        CATCH_UPS,
                        "Window",
                        "Instant begin = page.position();",
                        "Instant begin = Granule.next(page.position());"),
                new Mutant(
                        "the rest of a window that is cut is left out",
                        CATCH_UPS,
                        "Window",
                        "parts.add(new Window(walks, begin, end));",
                        ""),
                new Mutant(
                        "a window that is cut still ends where it did",
                        "crashes, entries without a time, 4 concurrent requests",
                        "Window",
                        "end = page.position();",
                        ""),
                new Mutant(
                        "a window of several series is cut where one of them is not yet",
                        "crashes, long catch-ups, 5 filter chunks, 4 concurrent requests",
                        "Window",
                        "return last != null && !page.position().isBefore(Granule.floor(last));",
                        "return last != null;"),
                new Mutant(
                        "the watermark follows what was read ahead",
                        "long catch-ups, the sink fails often, 4 concurrent requests",
                        "ReadAheadWalk",
                        "position = page.position();",
                        "position = windows.get(windows.size() - 1).end();"),
                new Mutant(
                        "the position is that of the page that is read meanwhile",
                        "long catch-ups, the sink fails often, 4 concurrent requests",
                        "Window",
                        "new Page(this, entries, walk.position(), entries == null",
                        "new Page(this, entries, end, entries == null"),
                new Mutant(
                        "any window's page is handed out",
                        CATCH_UPS,
                        "ReadAheadWalk",
                        "Window.Page page = head.poll();",
                        "Window.Page page = windows.stream().filter(w -> w.buffered() > 0).findFirst().orElse(head).poll();"),
                new Mutant(
                        "a window that failed is passed over",
                        "long catch-ups, the sink fails, errors, 4 concurrent requests",
                        "ReadAheadWalk",
                        "throw head.failure();",
                        "windows.remove(0); continue;"),
                new Mutant(
                        "nothing is kept free for the window that is waited for",
                        "long catch-ups, polls stop after 15 entries, 4 concurrent requests",
                        "ReadAheadWalk",
                        "if (head.isIdle()) {",
                        "if (head.isIdle() && pages == 0 && requested < settings.wantedPages()) {"),
                new Mutant(
                        "a window's last step counts as complete before its page is handed out",
                        CATCH_UPS,
                        "ReadAheadWalk",
                        "boolean done = head.isComplete() && head.buffered() == 0;",
                        "boolean done = head.isComplete();"));
    }
}
