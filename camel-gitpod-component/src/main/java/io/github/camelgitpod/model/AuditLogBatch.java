package io.github.camelgitpod.model;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;

/** The entries of one page as a body: a list that cannot be changed, which as text is a JSON array of the entries' own texts. */
public final class AuditLogBatch extends JsonBatch<AuditLogEntry> {
    private static final long serialVersionUID = 1L;

    public AuditLogBatch(List<AuditLogEntry> entries) {
        super(entries);
    }

    private Object writeReplace() {
        return new Serialized(toArray(AuditLogEntry[]::new));
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("An AuditLogBatch is serialized as its entries");
    }

    /** What is serialized. */
    private record Serialized(AuditLogEntry[] entries) implements Serializable {

        private Serialized {
            List.of(entries);
        }

        private Object readResolve() {
            return new AuditLogBatch(List.of(entries));
        }
    }
}
