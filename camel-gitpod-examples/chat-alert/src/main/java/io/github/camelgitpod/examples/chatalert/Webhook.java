package io.github.camelgitpod.examples.chatalert;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Posts the body to a chat's incoming webhook, as {@code {"text": "..."}}. Its address is a secret: who has it can write to the chat. An
 * endpoint's address shows in Camel's logs, JMX and exceptions, so this is no endpoint, and its failures do not name the address.
 */
final class Webhook implements Processor {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI address;

    /**
     * @param address http or https
     * @throws IllegalArgumentException when it is missing or no such address
     */
    Webhook(String address) {
        this.address = parse(address);
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        String text = exchange.getMessage().getBody(String.class);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(Map.of("text", text))))
                .build();
        int status = status(request);
        if (status / 100 != 2) {
            throw new IOException("The chat's webhook answered with " + status);
        }
    }

    private int status(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            // Not as a cause: its message is not ours to vouch for.
            throw new IOException(
                    "The chat's webhook cannot be reached: " + e.getClass().getSimpleName());
        }
    }

    private static URI parse(String address) {
        try {
            URI uri = URI.create(address);
            HttpRequest.newBuilder(uri);
            return uri;
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "The webhook's address is missing or wrong (not shown); allowed: an http or https address, in the"
                            + " environment variable CHAT_WEBHOOK");
        }
    }

    @Override
    public String toString() {
        return "Webhook";
    }
}
