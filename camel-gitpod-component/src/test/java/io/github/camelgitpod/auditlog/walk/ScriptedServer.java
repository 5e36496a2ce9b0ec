package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A server that answers as a test says, and records the queries. */
final class ScriptedServer implements PartialServer {
    static final Instant ZERO = EntryMaker.ZERO;

    private final Script script;
    final List<AuditLogQuery> queries = new ArrayList<>();

    ScriptedServer(Script script) {
        this.script = script;
    }

    /** Gives the answers in turn, and then the last one again and again. */
    static ScriptedServer inTurn(Script... scripts) {
        int[] asked = {0};
        return new ScriptedServer(query -> scripts[Math.min(asked[0]++, scripts.length - 1)].answer(query));
    }

    /** Answers with a token that it never gave before. */
    static ScriptedServer endless(EndlessScript script) {
        int[] asked = {0};
        return new ScriptedServer(query -> {
            if (++asked[0] > 10_000) {
                throw new AssertionError("no end of requests: " + query);
            }
            return script.answer("token " + asked[0], query);
        });
    }

    @FunctionalInterface
    interface EndlessScript {
        AuditLogPage answer(String token, AuditLogQuery query);
    }

    @FunctionalInterface
    interface Script {
        AuditLogPage answer(AuditLogQuery query) throws IOException;
    }

    /** @param nextToken null: there are no more */
    static AuditLogPage page(String nextToken, AuditLogEntry... entries) {
        return new AuditLogPage(List.of(entries), nextToken);
    }

    static AuditLogEntry entry(String id, Instant createdAt) {
        return EntryMaker.parse("{\"id\":\"%s\",\"createdAt\":\"%s\"}".formatted(id, createdAt));
    }

    static AuditLogEntry undated(String id) {
        return EntryMaker.parse("{\"id\":\"%s\"}".formatted(id));
    }

    static Script failing(int status) {
        return query -> {
            throw new ApiException(status, "code", "message " + status, null);
        };
    }

    static List<String> ids(List<AuditLogEntry> entries) {
        return entries.stream().map(AuditLogEntry::id).toList();
    }

    List<String> tokens() {
        return queries.stream().map(AuditLogQuery::token).toList();
    }

    /** Everything that a walk hands out, in order. */
    static List<String> all(Walk walk) throws IOException {
        List<String> ids = new ArrayList<>();
        for (List<AuditLogEntry> page = walk.next(); page != null; page = walk.next()) {
            ids.addAll(ids(page));
        }
        return ids;
    }

    /** As {@link Arrays#asList}: there may be nulls. */
    static List<String> tokens(String... tokens) {
        return Arrays.asList(tokens);
    }

    @Override
    public AuditLogPage listAuditLogs(AuditLogQuery query) throws IOException {
        queries.add(query);
        return script.answer(query);
    }

    @Override
    public Optional<Instant> serverTime() {
        return Optional.of(ZERO);
    }
}
