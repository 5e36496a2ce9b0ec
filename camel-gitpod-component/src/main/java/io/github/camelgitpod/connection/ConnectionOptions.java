package io.github.camelgitpod.connection;

import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.client.http.GitpodClientSettings;
import io.github.camelgitpod.option.OptionChecks;
import io.github.camelgitpod.option.OptionErrors;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.apache.camel.CamelContext;

/** The connection options of one endpoint, with the environment behind them, checked and in the client's terms. */
final class ConnectionOptions {
    static final String DEFAULT_BASE_URL = "https://app.gitpod.io/api";
    private static final int MOST_PORT = 65_535;
    static final List<String> TOKEN_VARIABLES = List.of("GITPOD_API_KEY", "ONA_API_KEY", "ONA_TOKEN");
    private static final List<String> BASE_URL_VARIABLES = List.of("GITPOD_BASE_URL", "ONA_BASE_URL");

    private final TokenPlaceholders placeholders;
    private final GitpodConfiguration endpoint;
    private final Supplier<String> componentToken;

    /**
     * @param endpoint       the endpoint's options; its token is null unless the endpoint has one of its own
     * @param componentToken the token otherwise, which may change at run time
     */
    ConnectionOptions(CamelContext context, GitpodConfiguration endpoint, Supplier<String> componentToken) {
        this.placeholders = new TokenPlaceholders(context);
        this.endpoint = endpoint;
        this.componentToken = componentToken;
    }

    /** @throws IllegalArgumentException naming the option, its value and what is allowed */
    GitpodClientSettings toClientSettings() {
        Supplier<String> token = this::accessToken;
        token.get();
        OptionChecks.timeout("connectTimeout", endpoint.getConnectTimeout());
        checkProxy();
        return new GitpodClientSettings(
                baseUrl(),
                token,
                OptionChecks.timeout("requestTimeout", endpoint.getRequestTimeout()),
                OptionChecks.atLeast("maxRetries", endpoint.getMaxRetries(), 0),
                OptionChecks.zeroOrLonger("maxRetryAfter", endpoint.getMaxRetryAfter()),
                userAgent());
    }

    /** @throws IllegalArgumentException when host and port are no proxy; without the value if it may hold a password */
    void checkProxy() {
        String host = endpoint.getProxyHost();
        Integer port = endpoint.getProxyPort();
        if (host != null && !isHost(host)) {
            throw OptionErrors.withoutValue(
                    "proxyHost" + (host.contains("@") ? "" : "=" + host),
                    "is no host" + (host.contains("@") ? " (not shown)" : ""),
                    "the name or address of a host, without scheme, user and port");
        }
        if ((host == null) != (port == null)) {
            throw OptionErrors.wrong("proxyHost", host, "and proxyPort=" + port + " go together", "both or none");
        }
        if (port != null) {
            OptionChecks.between("proxyPort", port, 1, MOST_PORT);
        }
    }

    private static boolean isHost(String text) {
        try {
            new HttpUrl.Builder().host(text);
            return !text.contains("@");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The current token; placeholders in the option are resolved each time. */
    private String accessToken() {
        String token = Stream.concat(
                        Stream.of(endpoint.getAccessToken(), componentToken.get())
                                .filter(Objects::nonNull)
                                .map(placeholders::resolve)
                                .filter(Objects::nonNull),
                        variables(TOKEN_VARIABLES))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> OptionErrors.withoutValue(
                        "accessToken",
                        "is missing",
                        "a personal access token or a service-account token, in the option or in one of the environment"
                                + " variables " + String.join(", ", TOKEN_VARIABLES)));
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw OptionErrors.withoutValue(
                    "accessToken",
                    "has a value that cannot be sent (not shown)",
                    "printable ASCII characters without spaces");
        }
        return token;
    }

    /** In one form, however it is written: host in small letters, no default port, no slash at the end. */
    HttpUrl baseUrl() {
        String text = Stream.concat(Stream.of(endpoint.getBaseUrl()), variables(BASE_URL_VARIABLES))
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(DEFAULT_BASE_URL);
        HttpUrl url = HttpUrl.parse(text.strip());
        // An at sign, since the user's name and password may both be empty, or be in the way of reading the rest.
        boolean mayHoldSecrets = text.contains("@") || text.contains("?") || text.contains("#");
        if (url == null || mayHoldSecrets) {
            throw OptionErrors.withoutValue(
                    mayHoldSecrets ? "baseUrl" : "baseUrl=" + text,
                    "is not a base URL" + (mayHoldSecrets ? " (not shown, since it may hold a secret)" : ""),
                    "an http or https URL without user, password, query and fragment, such as " + DEFAULT_BASE_URL);
        }
        if (!endpoint.isAllowInsecureHttp()) {
            PlainHttp.refuseToLeave(url);
        }
        return withoutSlash(url);
    }

    private static HttpUrl withoutSlash(HttpUrl url) {
        int last = url.pathSize() - 1;
        return last > 0 && url.pathSegments().get(last).isEmpty()
                ? withoutSlash(url.newBuilder().removePathSegment(last).build())
                : url;
    }

    /** Not by placeholders: camel-main logs at start what they were replaced with, and does not know that these are secrets. */
    private static Stream<String> variables(List<String> names) {
        return names.stream().map(System::getenv).filter(Objects::nonNull);
    }

    private static String userAgent() {
        String version = ConnectionOptions.class.getPackage().getImplementationVersion();
        return "camel-gitpod/" + (version == null ? "development" : version);
    }
}
