package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.model.AuditLogEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Whether a page has something that the walk did not have before: a time that is further in its direction, or an entry that
 * is new among those of the furthest time, or among those without a time.
 */
final class Novelty {
    /** About 10 MB. A circle of more entries looks new, and is ended by what is done with them. */
    private static final int MOST_KEYS = 100_000;

    private final Comparator<Instant> direction;
    private final Set<String> undated = new HashSet<>();
    private Set<String> atFurthest = new HashSet<>();
    private Instant furthest;

    /** @param direction the later a time comes in the walk, the greater it is */
    Novelty(Comparator<Instant> direction) {
        this.direction = direction;
    }

    /** Notes a page. */
    boolean isIn(List<AuditLogEntry> page) {
        Instant ofPage = page.stream()
                .map(AuditLogEntry::createdAt)
                .filter(Objects::nonNull)
                .max(direction)
                .orElse(null);
        if (ofPage != null && (furthest == null || direction.compare(ofPage, furthest) > 0)) {
            furthest = ofPage;
            atFurthest = new HashSet<>();
        }
        boolean news = false;
        for (AuditLogEntry entry : page) {
            if (entry.createdAt() == null) {
                news |= add(undated, entry.key());
            } else if (entry.createdAt().equals(furthest)) {
                news |= add(atFurthest, entry.key());
            }
        }
        return news;
    }

    private static boolean add(Set<String> keys, String key) {
        if (keys.size() == MOST_KEYS) {
            keys.clear();
        }
        return keys.add(key);
    }
}
