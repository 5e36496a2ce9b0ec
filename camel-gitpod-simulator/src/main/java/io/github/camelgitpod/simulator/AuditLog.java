package io.github.camelgitpod.simulator;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The organization's audit log. */
public final class AuditLog {
    AuditLog() {}

    public Entry add(Entry entry) {
        throw new UnsupportedOperationException();
    }

    public Entry add(Entry entry, Instant visibleAt) {
        throw new UnsupportedOperationException();
    }

    public void addAll(Collection<Entry> entries) {
        throw new UnsupportedOperationException();
    }

    public List<Entry> entries() {
        throw new UnsupportedOperationException();
    }

    public List<String> ids() {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    public void details(String entryId, String detailsJson) {
        throw new UnsupportedOperationException();
    }
}
