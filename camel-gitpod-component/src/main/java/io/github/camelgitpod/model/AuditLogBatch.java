package io.github.camelgitpod.model;

import java.io.ByteArrayOutputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** The entries of one page as a body: a list that cannot be changed, which as text is a JSON array of the entries' own texts. */
public final class AuditLogBatch extends AbstractList<AuditLogEntry> implements RandomAccess, JsonBacked {
    private static final long serialVersionUID = 1L;

    private final List<AuditLogEntry> entries;

    public AuditLogBatch(List<AuditLogEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    @Override
    public AuditLogEntry get(int index) {
        return entries.get(index);
    }

    @Override
    public int size() {
        return entries.size();
    }

    /** A JSON array of the entries, each exactly as the server sent it. */
    @Override
    public JsonText json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('[');
        for (AuditLogEntry entry : entries) {
            if (out.size() > 1) {
                out.write(',');
            }
            out.writeBytes(entry.json().toByteArray());
        }
        out.write(']');
        byte[] bytes = out.toByteArray();
        return new JsonText(bytes, 0, bytes.length);
    }

    private Object writeReplace() {
        return new Serialized(entries.toArray(AuditLogEntry[]::new));
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
