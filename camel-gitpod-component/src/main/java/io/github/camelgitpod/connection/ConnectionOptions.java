package io.github.camelgitpod.connection;

import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.client.http.GitpodClientSettings;
import io.github.camelgitpod.option.OptionChecks;
import io.github.camelgitpod.option.OptionErrors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.apache.camel.CamelContext;

/** The connection options of one endpoint, with the environment behind them, checked and in the client's terms. */
final class ConnectionOptions {
    static final String DEFAULT_BASE_URL = "https://app.gitpod.io/api";
    private static final List<String> TOKEN_VARIABLES = List.of("GITPOD_API_KEY", "ONA_API_KEY", "ONA_TOKEN");
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
        OptionChecks.timeout("connectTimeout", endpoint.getConnectTimeout());
        if ((endpoint.getProxyHost() == null) != (endpoint.getProxyPort() == null)) {
            throw OptionErrors.wrong(
                    "proxyHost",
                    endpoint.getProxyHost(),
                    "and proxyPort=" + endpoint.getProxyPort() + " go together",
                    "both or none");
        }
        return new GitpodClientSettings(
                baseUrl(),
                token,
                OptionChecks.timeout("requestTimeout", endpoint.getRequestTimeout()),
                OptionChecks.atLeast("maxRetries", endpoint.getMaxRetries(), 0),
                OptionChecks.zeroOrLonger("maxRetryAfter", endpoint.getMaxRetryAfter()),
                userAgent());
    }

    /** The current token; placeholders in the option are resolved each time. */
    private String accessToken() {
        String token = Stream.concat(
                        Stream.of(endpoint.getAccessToken(), componentToken.get())
                                .filter(Objects::nonNull)
                                .map(context::resolvePropertyPlaceholders),
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
            throw OptionErrors.wrong(
                    "baseUrl",
                    text,
                    "is no base URL",
                    "an http or https URL without user, query and fragment, such as " + DEFAULT_BASE_URL);
        }
        if (!url.isHttps() && !endpoint.isAllowInsecureHttp() && !isLoopback(url.host())) {
            throw OptionErrors.wrong(
                    "baseUrl",
                    text,
                    "would send the access token in clear",
                    "https, http to the local machine, or any http with allowInsecureHttp=true");
        }
        return url;
    }

    /** Not by placeholders: camel-main logs at start what they were replaced with, and does not know that these are secrets. */
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
}
