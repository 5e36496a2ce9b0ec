package io.github.camelgitpod.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;

/**
 * A gap of which everything was delivered that could be recovered. Immutable.
 *
 * @param gap          that gap; never null
 * @param relisted     resources that the server listed
 * @param synthetic    events made from what had changed among them
 * @param auditEntries events made from entries of the audit log
 */
public record ClosedGap(StreamGap gap, int relisted, int synthetic, int auditEntries) implements GapBody {

    public ClosedGap {
        Objects.requireNonNull(gap, "gap");
    }

    @Override
    public Instant from() {
        return gap.from();
    }

    @Override
    public Instant to() {
        return gap.to();
    }

    @Override
    public String reason() {
        return gap.reason();
    }

    @Override
    public int attempts() {
        return gap.attempts();
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
