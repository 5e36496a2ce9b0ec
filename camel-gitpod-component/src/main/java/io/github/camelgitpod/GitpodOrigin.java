package io.github.camelgitpod;

import java.io.Serializable;
import java.time.Instant;
import okhttp3.HttpUrl;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.EndpointServiceLocation;

/**
 * Where and when the body of an exchange was received: what the data types need and an entry does not tell. Each exchange of
 * this component, and each that its producer has answered, has it as the property {@link #PROPERTY}, which copies of the exchange
 * keep.
 *
 * @param host       of the base URL, without port; null: unknown
 * @param receivedAt when the body was handed to the route; null: unknown
 */
public record GitpodOrigin(String host, Instant receivedAt) implements Serializable {
    /** The exchange property. Who makes an exchange of an entry by hand can set it. */
    public static final String PROPERTY = "CamelGitpodOrigin";

    private static final GitpodOrigin UNKNOWN = new GitpodOrigin(null, null);

    /** The host that an endpoint of this component reads from; null for an endpoint of another one. */
    public static String host(Endpoint endpoint) {
        return endpoint instanceof EndpointServiceLocation service ? host(service.getServiceUrl()) : null;
    }

    /** As a URL writes it. */
    private static String host(String baseUrl) {
        String host = HttpUrl.get(baseUrl).host();
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** That of an exchange; without one, an origin of which nothing is known. */
    public static GitpodOrigin of(Exchange exchange) {
        GitpodOrigin origin = exchange.getProperty(PROPERTY, GitpodOrigin.class);
        return origin == null ? UNKNOWN : origin;
    }
}
