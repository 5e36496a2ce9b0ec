package io.github.camelgitpod.model;

import java.io.ByteArrayOutputStream;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Several bodies as one: a list that cannot be changed, which as text is a JSON array of their own texts. */
abstract sealed class JsonBatch<T extends JsonBacked> extends AbstractList<T> implements RandomAccess, JsonBacked
        permits AuditLogBatch, GitpodEventBatch {
    private static final long serialVersionUID = 1L;

    // Not serialized: those who extend this are replaced.
    private final transient List<T> items;

    JsonBatch(List<T> items) {
        this.items = List.copyOf(items);
    }

    @Override
    public T get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }

    /** A JSON array of the items, each exactly as the server sent it. */
    @Override
    public JsonText json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('[');
        for (T item : items) {
            if (out.size() > 1) {
                out.write(',');
            }
            out.writeBytes(item.json().toByteArray());
        }
        out.write(']');
        byte[] bytes = out.toByteArray();
        return new JsonText(bytes, 0, bytes.length);
    }
}
