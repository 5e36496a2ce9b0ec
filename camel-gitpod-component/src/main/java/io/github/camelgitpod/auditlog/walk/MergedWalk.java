package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Several walks through the same range, merged into one in order. Holds one page of each. */
final class MergedWalk implements Walk {
    private final List<Source> sources = new ArrayList<>();

    MergedWalk(List<Walk> walks) {
        walks.forEach(walk -> sources.add(new Source(walk)));
    }

    @Override
    public List<AuditLogEntry> next() throws IOException {
        for (Source source : sources) {
            source.fill();
        }
        // Stops where one page is used up: the next page of that walk may hold earlier entries than the other pages.
        List<AuditLogEntry> merged = new ArrayList<>();
        while (true) {
            Source earliest = sources.stream()
                    .filter(source -> !source.page.isEmpty())
                    .min(Comparator.comparing(source -> source.page.peek(), ORDER))
                    .orElse(null);
            if (earliest == null) {
                return null;
            }
            merged.add(earliest.page.remove());
            if (earliest.page.isEmpty()) {
                return merged;
            }
        }
    }

    @Override
    public boolean isComplete() {
        return sources.stream().allMatch(source -> source.page.isEmpty() && source.walk.isComplete());
    }

    @Override
    public Instant position() {
        return sources.stream().map(Source::position).min(Instant::compareTo).orElseThrow();
    }

    private static final class Source {
        private final Walk walk;
        private final Deque<AuditLogEntry> page = new ArrayDeque<>();
        private boolean complete;
        private Instant pageStart;

        Source(Walk walk) {
            this.walk = walk;
            this.pageStart = walk.position();
        }

        void fill() throws IOException {
            while (page.isEmpty() && !complete) {
                pageStart = walk.position();
                List<AuditLogEntry> next = walk.next();
                complete = next == null;
                if (next != null) {
                    page.addAll(next);
                }
            }
        }

        /** Of a complete walk: the end of time, since nothing of it is still to come. */
        Instant position() {
            if (!page.isEmpty()) {
                Instant first = page.peek().createdAt();
                return first != null && first.isAfter(pageStart) ? first : pageStart;
            }
            return complete ? Instant.MAX : walk.position();
        }
    }
}
