package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.AuditLogQuery.Order;
import io.github.camelgitpod.client.Identity;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An audit log in this process. */
public final class GapLog implements PartialServer {
    private record Row(AuditLogEntry entry, Instant visibleFrom) {}

    private final List<Row> rows = new ArrayList<>();
    /** The server's. */
    private final Supplier<Instant> now;
    /** Thrown in place of the next answers; null: that one is answered. */
    public final Queue<Optional<IOException>> failures = new ArrayDeque<>();

    public boolean legacy;
    /** No answer has told the time yet. */
    public boolean timeUnknown;

    public int requests;

    public GapLog(Supplier<Instant> now) {
        this.now = now;
    }

    public String add(Instant createdAt, Instant visibleFrom, String type, String subject, String action) {
        String id = "entry-%05d".formatted(rows.size());
        add(id, createdAt, visibleFrom, type, subject, action);
        return id;
    }

    /** @param id null: the entry has none */
    public void add(String id, Instant createdAt, Instant visibleFrom, String type, String subject, String action) {
        JsonText json = JsonText.of("{\"id\":\"" + id + "\",\"action\":\"" + action + "\"}");
        rows.add(new Row(
                new AuditLogEntry(
                        id,
                        "actor",
                        "PRINCIPAL_USER",
                        subject,
                        type,
                        action,
                        createdAt,
                        createdAt.toString(),
                        "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE",
                        json),
                visibleFrom));
    }

    @Override
    public AuditLogPage listAuditLogs(AuditLogQuery query) throws IOException {
        requests++;
        Optional<IOException> failure = failures.isEmpty() ? Optional.empty() : failures.remove();
        if (failure.isPresent()) {
            throw failure.get();
        }
        Comparator<AuditLogEntry> order = Comparator.comparing(AuditLogEntry::createdAt);
        boolean ascending = !legacy && query.order() == Order.ASCENDING;
        Stream<AuditLogEntry> visible = rows.stream()
                .filter(row -> !row.visibleFrom.isAfter(now.get()))
                .map(Row::entry)
                .filter(query.filter()::matches);
        List<AuditLogEntry> all = visible.filter(entry -> legacy
                        || ((query.from() == null || !entry.createdAt().isBefore(query.from()))
                                && (query.to() == null || entry.createdAt().isBefore(query.to()))))
                .sorted(ascending ? order : order.reversed())
                .toList();
        int from = query.token() == null ? 0 : Integer.parseInt(query.token());
        int to = Math.min(from + query.pageSize(), all.size());
        return new AuditLogPage(all.subList(from, to), to < all.size() ? String.valueOf(to) : null);
    }

    public static ApiException answer(int status) {
        return new ApiException(status, null, "answered with " + status, null);
    }

    @Override
    public Identity authenticatedIdentity() throws IOException {
        timeUnknown = false;
        return PartialServer.super.authenticatedIdentity();
    }

    @Override
    public Optional<Instant> serverTime() {
        return timeUnknown ? Optional.empty() : Optional.of(now.get().minusSeconds(1));
    }
}
