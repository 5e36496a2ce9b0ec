package io.github.camelgitpod.benchmarks.reader;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.io.IOException;
import java.util.function.Consumer;
import okhttp3.Response;
import okio.BufferedSource;

/** The floor: reads lines with OkHttp, parses each event with Jackson, and does nothing else. */
public final class BareEventLoop implements Reader {
    private static final ObjectReader EVENT = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readerFor(Event.class);

    private record Event(String operation, String resourceType, String resourceId) {}

    @Override
    public String name() {
        return "bare loop";
    }

    @Override
    public Reading open(ServerAddress server, Consumer<String> sink) {
        return new BareReading(server) {
            @Override
            void read() throws IOException {
                try (Response answer = call("WatchEvents", "application/jsonl", "{\"organization\":true}")
                        .execute()) {
                    BufferedSource source = answer.body().source();
                    for (long end = source.indexOf((byte) '\n'); end >= 0; end = source.indexOf((byte) '\n')) {
                        Event event = EVENT.readValue(source.readByteArray(end));
                        source.skip(1);
                        sink.accept(event.resourceId);
                    }
                }
            }
        };
    }
}
