package io.github.camelgitpod;

import java.time.Instant;
import okhttp3.HttpUrl;
import org.apache.camel.Exchange;

/**
 * Where and when the body of an exchange was received: what the data types need and an entry does not tell. Each exchange of
 * this component, and each that its producer has answered, has it as the property {@link #PROPERTY}, which copies of the exchange
 * keep.
 *
 * @param host       of the base URL, without port; null: unknown
 * @param receivedAt when the body was handed to the route; null: unknown
 */
public record GitpodOrigin(String host, Instant receivedAt) {
    /** The exchange property. Who makes an exchange of an entry by hand can set it. */
    public static final String PROPERTY = "CamelGitpodOrigin";

    private static final GitpodOrigin UNKNOWN = new GitpodOrigin(null, null);

    /** The host of a base URL, without port, as a URL writes it. */
    public static String host(String baseUrl) {
        String host = HttpUrl.get(baseUrl).host();
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** That of an exchange; without one, an origin of which nothing is known. */
    public static GitpodOrigin of(Exchange exchange) {
        GitpodOrigin origin = exchange.getProperty(PROPERTY, GitpodOrigin.class);
        return origin == null ? UNKNOWN : origin;
    }
}
