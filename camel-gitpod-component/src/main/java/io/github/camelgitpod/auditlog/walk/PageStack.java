package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ListingGivenUpException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stack of pages. The first {@value #IN_MEMORY} stay in memory, the others go to a temporary file that only this user can
 * read, so that a long way back takes disk and not heap. The file has no name from the beginning, where the system allows
 * that: then nothing is left of it when the process is killed.
 */
final class PageStack implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PageStack.class);
    private static final int IN_MEMORY = 100;

    private final GitpodClient client;
    private final SpillDirectory directory;
    private final Deque<List<AuditLogEntry>> memory = new ArrayDeque<>();
    private final List<Long> offsets = new ArrayList<>();
    /** Null: there is no file, or it has no name. */
    private Path path;

    private RandomAccessFile file;
    private long room;

    /**
     * @param client    reads what was written to the file
     * @param directory for the file
     */
    PageStack(GitpodClient client, SpillDirectory directory) {
        this.client = client;
        this.directory = directory;
    }

    void push(List<AuditLogEntry> page) throws IOException {
        if (memory.size() < IN_MEMORY) {
            memory.push(page);
            return;
        }
        if (file == null) {
            open();
        }
        byte[] json = encode(page);
        long end = file.length();
        if (end + json.length > room) {
            throw new ListingGivenUpException(AuditLogQuery.METHOD + " lists newest first, and what is to be delivered"
                    + " before takes more than " + room + " bytes in " + directory.path()
                    + ": make room there, or begin later (option from, or resetCursor)");
        }
        offsets.add(end);
        file.write(json);
    }

    private void open() throws IOException {
        room = directory.room();
        path = directory.createFile();
        file = new RandomAccessFile(path.toFile(), "rw");
        try {
            Files.delete(path);
            path = null;
        } catch (IOException e) {
            LOG.debug("{} keeps its name until it is closed", path, e);
        }
    }

    boolean isEmpty() {
        return memory.isEmpty() && offsets.isEmpty();
    }

    /** The last page that is still here; null: none is. */
    List<AuditLogEntry> pop() throws IOException {
        if (offsets.isEmpty()) {
            return memory.poll();
        }
        long start = offsets.remove(offsets.size() - 1);
        byte[] page = new byte[Math.toIntExact(file.length() - start)];
        file.seek(start);
        file.readFully(page);
        // The next page that is pushed goes there.
        file.setLength(start);
        return client.readAuditLogs(page).entries();
    }

    @Override
    public void close() {
        memory.clear();
        offsets.clear();
        try {
            if (file != null) {
                file.close();
            }
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the form in which the server sends it, which the client reads. */
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
