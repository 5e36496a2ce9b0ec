package io.github.camelgitpod.benchmarks.reader;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.Response;

/** The floor: follows page tokens with OkHttp, parses each entry with Jackson, and does nothing else. */
public final class BareAuditLogLoop implements Reader {
    private static final ObjectReader PAGE = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readerFor(Page.class);

    private record Page(List<Entry> entries, Pagination pagination) {}

    private record Pagination(String nextToken) {}

    private record Entry(
            String id,
            String actorId,
            String actorPrincipal,
            String subjectId,
            String subjectType,
            String action,
            String createdAt,
            String kind) {}

    @Override
    public String name() {
        return "bare loop";
    }

    @Override
    public Reading open(ServerAddress server, Consumer<String> sink) {
        return new BareReading(server) {
            @Override
            void read() throws IOException {
                String token = "";
                while (token != null) {
                    String request = "{\"pagination\":{\"pageSize\":100,\"token\":\"" + token
                            + "\"},\"sort\":{\"field\":\"createdAt\",\"order\":\"SORT_ORDER_ASC\"}}";
                    Page page;
                    try (Response answer =
                            call("ListAuditLogs", "application/json", request).execute()) {
                        page = PAGE.readValue(answer.body().bytes());
                    }
                    page.entries.forEach(entry -> sink.accept(entry.id));
                    token = page.pagination == null ? null : page.pagination.nextToken;
                }
            }
        };
    }
}
