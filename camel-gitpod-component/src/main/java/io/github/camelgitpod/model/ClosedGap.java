package io.github.camelgitpod.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A gap after which everything was asked for that could be, and what came of it. Immutable.
 *
 * @param from         as of the {@link StreamGap}
 * @param to           as of the gap
 * @param reason       as of the gap
 * @param attempts     as of the gap
 * @param relisted     resources that the server listed
 * @param synthetic    events made from what had changed among them
 * @param auditEntries events made from entries of the audit log
 */
public record ClosedGap(
        Instant from, Instant to, String reason, int attempts, int relisted, int synthetic, int auditEntries)
        implements GapBody {

    /** That of this gap. */
    public ClosedGap(StreamGap gap, int relisted, int synthetic, int auditEntries) {
        this(gap.from(), gap.to(), gap.reason(), gap.attempts(), relisted, synthetic, auditEntries);
    }

    @Override
    public ObjectNode toJson() {
        return GapBody.super
                .toJson()
                .put("relisted", relisted)
                .put("synthetic", synthetic)
                .put("auditEntries", auditEntries);
    }
}
