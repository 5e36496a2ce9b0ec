package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.http.AuditLogPageParser;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Pages, given back in the opposite order. The first {@value #IN_MEMORY} are held in memory, more in a temporary file that
 * only this user can read, so that a long way back takes disk and not heap.
 */
final class PageStack implements Closeable {
    private static final int IN_MEMORY = 100;

    private final Deque<List<AuditLogEntry>> memory = new ArrayDeque<>();
    private final List<Long> offsets = new ArrayList<>();
    private Path path;
    private RandomAccessFile file;

    void push(List<AuditLogEntry> page) throws IOException {
        if (memory.size() < IN_MEMORY) {
            memory.push(page);
            return;
        }
        if (file == null) {
            path = Files.createTempFile("gitpod-audit-logs", ".pages");
            file = new RandomAccessFile(path.toFile(), "rw");
        }
        offsets.add(file.length());
        file.write(encode(page));
    }

    boolean isEmpty() {
        return memory.isEmpty() && offsets.isEmpty();
    }

    /** The page pushed last of those that are left; null: none is. */
    List<AuditLogEntry> pop() throws IOException {
        if (offsets.isEmpty()) {
            return memory.poll();
        }
        long begin = offsets.remove(offsets.size() - 1);
        byte[] page = new byte[Math.toIntExact(file.length() - begin)];
        file.seek(begin);
        file.readFully(page);
        // The next one is written there.
        file.setLength(begin);
        return AuditLogPageParser.parse(page).entries();
    }

    @Override
    public void close() {
        memory.clear();
        offsets.clear();
        try {
            if (file != null) {
                file.close();
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a server would send it, so that the one parser reads it. */
    private static byte[] encode(List<AuditLogEntry> page) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String separator = "{\"entries\":[";
        for (AuditLogEntry entry : page) {
            out.writeBytes(separator.getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(entry.json().toByteArray());
            separator = ",";
        }
        out.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
