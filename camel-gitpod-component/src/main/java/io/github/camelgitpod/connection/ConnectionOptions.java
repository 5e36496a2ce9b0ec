package io.github.camelgitpod.connection;

import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.client.http.GitpodClientSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.apache.camel.CamelContext;

/** The connection options of one endpoint, with the environment behind them, checked and in the client's terms. */
final class ConnectionOptions {
    static final String DEFAULT_BASE_URL = "https://app.gitpod.io/api";
    private static final List<String> TOKEN_VARIABLES = List.of("GITPOD_API_KEY", "ONA_API_KEY");
    private static final List<String> BASE_URL_VARIABLES = List.of("GITPOD_BASE_URL", "ONA_BASE_URL");

    private final CamelContext context;
    private final GitpodConfiguration endpoint;
    private final Supplier<String> componentToken;

    /**
     * @param endpoint       the endpoint's options; its token is null unless the endpoint has one of its own
     * @param componentToken the token otherwise, which may change at run time
     */
    ConnectionOptions(CamelContext context, GitpodConfiguration endpoint, Supplier<String> componentToken) {
        this.context = context;
        this.endpoint = endpoint;
        this.componentToken = componentToken;
    }

    /** @throws IllegalArgumentException naming the option, its value and what is allowed */
    GitpodClientSettings toClientSettings() {
        Supplier<String> token = this::accessToken;
        token.get();
        requirePositive("connectTimeout", endpoint.getConnectTimeout());
        requirePositive("requestTimeout", endpoint.getRequestTimeout());
        requireNotNegative("maxRetryAfter", endpoint.getMaxRetryAfter());
        requireNotNegative("maxRetries", endpoint.getMaxRetries());
        if ((endpoint.getProxyHost() == null) != (endpoint.getProxyPort() == null)) {
            throw new IllegalArgumentException("Options proxyHost=" + endpoint.getProxyHost() + " and proxyPort="
                    + endpoint.getProxyPort() + " go together; allowed: both or none");
        }
        return new GitpodClientSettings(
                baseUrl(),
                token,
                Duration.ofMillis(endpoint.getRequestTimeout()),
                endpoint.getMaxRetries(),
                Duration.ofMillis(endpoint.getMaxRetryAfter()),
                userAgent());
    }

    /** The token of this moment; placeholders in the option are resolved anew. */
    private String accessToken() {
        String token = Stream.concat(
                        Stream.of(endpoint.getAccessToken(), componentToken.get())
                                .filter(Objects::nonNull)
                                .map(context::resolvePropertyPlaceholders),
                        variables(TOKEN_VARIABLES))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "Option accessToken is missing; allowed: a personal access"
                                        + " token, in the option or in the environment variable GITPOD_API_KEY or ONA_API_KEY"));
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("Option accessToken has a value that cannot be sent (not shown);"
                    + " allowed: printable ASCII characters without spaces");
        }
        return token;
    }

    HttpUrl baseUrl() {
        String text = Stream.concat(Stream.of(endpoint.getBaseUrl()), variables(BASE_URL_VARIABLES))
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(DEFAULT_BASE_URL);
        HttpUrl url = HttpUrl.parse(text.strip());
        if (url == null
                || url.query() != null
                || url.fragment() != null
                || !url.username().isEmpty()) {
            throw new IllegalArgumentException("Option baseUrl=" + text
                    + " is no base URL; allowed: an http or https URL without user, query and fragment, such as "
                    + DEFAULT_BASE_URL);
        }
        if (!url.isHttps() && !endpoint.isAllowInsecureHttp() && !isLoopback(url.host())) {
            throw new IllegalArgumentException("Option baseUrl=" + text
                    + " would send the access token in clear; allowed: https, http to the local machine, or any http"
                    + " with allowInsecureHttp=true");
        }
        return url;
    }

    /** Not as placeholders: camel-main logs at start what those were replaced with, and does not take these for secrets. */
    private static Stream<String> variables(List<String> names) {
        return names.stream().map(System::getenv).filter(Objects::nonNull);
    }

    /** A name other than localhost is not looked up: what it means can change. */
    private static boolean isLoopback(String host) {
        boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        try {
            return host.equals("localhost")
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String userAgent() {
        String version = ConnectionOptions.class.getPackage().getImplementationVersion();
        return "camel-gitpod/" + (version == null ? "development" : version);
    }

    private static void requirePositive(String option, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("Option " + option + "=" + value + "ms; allowed: more than 0");
        }
    }

    private static void requireNotNegative(String option, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("Option " + option + "=" + value + "; allowed: 0 or more");
        }
    }
}
