package io.github.camelgitpod.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Reads a stream in the background and keeps its bytes and its end. */
final class StreamReader implements AutoCloseable {

    private final InputStream stream;
    private final StringBuffer text = new StringBuffer();
    private volatile String end;

    StreamReader(InputStream stream) {
        this.stream = stream;
        Thread thread = new Thread(this::read, "test-stream-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            byte[] bytes = new byte[4096];
            for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes)) {
                text.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
            }
            end = "clean";
        } catch (IOException e) {
            end = "broken";
        }
    }

    String text() {
        return text.toString();
    }

    /** The resource ids of the lines so far. */
    List<String> resourceIds() {
        return Stream.of(text().split("\n"))
                .filter(line -> !line.isEmpty())
                .map(line -> line.replaceFirst(".*\"resourceId\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    /** Null while it is open, then {@code clean} or {@code broken}. */
    String end() {
        return end;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
