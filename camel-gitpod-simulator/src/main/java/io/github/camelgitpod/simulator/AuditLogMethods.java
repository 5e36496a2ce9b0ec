package io.github.camelgitpod.simulator;

import io.github.camelgitpod.simulator.auditlog.AuditLogRequest;
import io.github.camelgitpod.simulator.auditlog.EntryIndex;
import io.github.camelgitpod.simulator.http.Call;
import io.github.camelgitpod.simulator.http.Effects;
import io.github.camelgitpod.simulator.http.Reply;
import io.github.camelgitpod.simulator.protocol.ConnectException;
import io.github.camelgitpod.simulator.protocol.EnumNames;
import io.github.camelgitpod.simulator.protocol.Json;
import io.github.camelgitpod.simulator.protocol.RequestMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The methods of the EventService that read the audit log. */
final class AuditLogMethods {

    private static final byte[] BEGIN = "{\"entries\":[".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> GET = Set.of("auditLogEntryId");

    private final AuditLog auditLog;
    private final Supplier<ServerKind> kind;
    private final Supplier<PageTokens> tokens;
    private final Supplier<String> tier;
    private final AtomicLong emptyPages = new AtomicLong();

    AuditLogMethods(AuditLog auditLog, Supplier<ServerKind> kind, Supplier<PageTokens> tokens, Supplier<String> tier) {
        this.auditLog = auditLog;
        this.kind = kind;
        this.tokens = tokens;
        this.tier = tier;
    }

    Reply list(Call call) {
        requirePlan();
        AuditLogRequest request = AuditLogRequest.parse(call.body(), call.query(), kind.get());
        String token = request.paging().token();
        Effects effects = call.effects();
        if (effects.expiredToken() && !token.isEmpty()) {
            throw ConnectException.invalid("pagination.token: the token has expired");
        }
        PageTokens kindOfToken = tokens.get();
        if (effects.emptyPage()) {
            String same = token.isEmpty() ? EntryIndex.startToken(request.query(), kindOfToken) : token;
            return Reply.ok("{\"pagination\":{\"nextToken\":"
                    + Json.quote(EntryIndex.renewedToken(same, emptyPages.incrementAndGet())) + "}}");
        }
        EntryIndex.Page page = auditLog.page(request.query(), request.paging(), kindOfToken);
        String next = effects.repeatedToken() && !token.isEmpty() ? token : page.nextToken();
        return Reply.ok(json(page.entries(), next));
    }

    Reply get(Call call) {
        ServerKind server = kind.get();
        if (server == ServerKind.LEGACY_REJECTS || server == ServerKind.LEGACY_IGNORES) {
            throw new ConnectException(404, "not_found", "no such method: GetAuditLog");
        }
        requirePlan();
        String id = RequestMessage.parse(call.body(), GET).uuid("auditLogEntryId");
        Entry entry = auditLog.find(id);
        if (entry == null) {
            throw new ConnectException(404, "not_found", "audit log entry not found");
        }
        String details = auditLog.detailsOf(entry.id());
        return Reply.ok("{\"entry\":" + entry.json() + (details == null ? "" : ",\"details\":" + details) + "}");
    }

    private void requirePlan() {
        if (!tier.get().equals(EnumNames.TIER_ENTERPRISE)) {
            throw new ConnectException(
                    400, "failed_precondition", "feature is only available for enterprise customers");
        }
    }

    /** Copies the entries' bytes; default values are absent, as proto3 has it. */
    private static byte[] json(List<byte[]> entries, String nextToken) {
        String pagination = nextToken.isEmpty() ? "" : "\"pagination\":{\"nextToken\":" + Json.quote(nextToken) + "}";
        if (entries.isEmpty()) {
            return ("{" + pagination + "}").getBytes(StandardCharsets.UTF_8);
        }
        byte[] end = ((pagination.isEmpty() ? "" : ",") + pagination + "}").getBytes(StandardCharsets.UTF_8);
        int length = BEGIN.length + entries.size() + end.length;
        for (byte[] entry : entries) {
            length += entry.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).put(BEGIN);
        for (int i = 0; i < entries.size(); i++) {
            out.put(entries.get(i)).put((byte) (i < entries.size() - 1 ? ',' : ']'));
        }
        return out.put(end).array();
    }
}
