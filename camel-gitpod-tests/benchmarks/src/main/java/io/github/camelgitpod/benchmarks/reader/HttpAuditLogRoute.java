package io.github.camelgitpod.benchmarks.reader;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;

/**
 * What a Camel user writes without the component: a loop over pages by {@code camel-http}, and a split into entries.
 * Either by JSONPath, which gives each exchange the JSON of its entry, as the component does; or of a page that was made a
 * map before, which gives it a map.
 */
public final class HttpAuditLogRoute implements Reader {
    private static final String ID = "\"id\":\"";

    private final String name;
    private final boolean jsonPath;

    /** @param jsonPath whether to split by JSONPath */
    public HttpAuditLogRoute(String name, boolean jsonPath) {
        this.name = name;
        this.jsonPath = jsonPath;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reading open(ServerAddress server, Consumer<String> sink) throws Exception {
        return new RouteReading(route(server, sink)) {
            @Override
            public void begin() {
                context().createProducerTemplate().asyncSendBody("direct:read", null);
            }
        };
    }

    private static String id(String json) {
        int begin = json.indexOf(ID) + ID.length();
        return json.substring(begin, json.indexOf('"', begin));
    }

    private RouteBuilder route(ServerAddress server, Consumer<String> sink) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                ProcessorDefinition<?> loop = from("direct:read")
                        .setProperty("pageToken", constant(""))
                        .loopDoWhile(exchangeProperty("pageToken").isNotNull())
                        .setHeader("Authorization", constant("Bearer " + server.token()))
                        .setHeader("Content-Type", constant("application/json"))
                        .setBody(
                                simple("{\"pagination\":{\"pageSize\":100,\"token\":\"${exchangeProperty.pageToken}\"},"
                                        + "\"sort\":{\"field\":\"createdAt\",\"order\":\"SORT_ORDER_ASC\"}}"))
                        .to(server.method("ListAuditLogs") + "?httpMethod=POST");
                if (jsonPath) {
                    loop.setProperty("pageToken")
                            .jsonpath("$.pagination.nextToken", true)
                            .split()
                            .jsonpathWriteAsString("$.entries[*]")
                            .process(exchange ->
                                    sink.accept(id(exchange.getMessage().getBody(String.class))));
                } else {
                    loop.unmarshal()
                            .json(Map.class)
                            .setProperty("pageToken")
                            .body(
                                    Map.class,
                                    page -> page.get("pagination") instanceof Map<?, ?> pagination
                                            ? pagination.get("nextToken")
                                            : null)
                            .split(simple("${body[entries]}"))
                            .process(exchange -> sink.accept((String)
                                    exchange.getMessage().getBody(Map.class).get("id")));
                }
            }
        };
    }
}
