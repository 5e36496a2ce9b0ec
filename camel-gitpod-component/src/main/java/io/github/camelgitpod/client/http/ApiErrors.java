package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.client.ApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Turns answers and lines that report an error into an {@link ApiException} that tells what to do about it. */
final class ApiErrors {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST_BODY = 64 * 1024;
    private static final String WATCH_EVENTS = "WatchEvents";
    private static final String ONE_ENTRY = "GetAuditLog";
    /** Methods that need the audit-log role and a plan that has audit logs. */
    private static final Set<String> AUDIT_LOG = Set.of("ListAuditLogs", ONE_ENTRY);

    private ApiErrors() {}

    /** @param secret a text that must not get into the message, should the server repeat it */
    static ApiException of(Response response, String method, String secret) {
        String body;
        try {
            body = response.peekBody(LONGEST_BODY).string();
        } catch (IOException e) {
            body = "";
        }
        JsonNode error = parse(body);
        OutsideText outside = new OutsideText(secret);
        String code = error.path("code").isTextual() ? error.path("code").asText() : null;
        String said = error.path("message").asText("");
        Duration retryAfter = RetryAfter.of(response.headers(), error).orElse(null);
        ApiException bare = new ApiException(response.code(), outside.shown(code), "", retryAfter);
        StringBuilder message =
                new StringBuilder().append(method).append(" was answered with ").append(response.code());
        bare.code().ifPresent(shown -> message.append(' ').append(shown));
        if (!said.isEmpty()) {
            message.append(": ").append(outside.shown(said));
        }
        message.append(outside.shown(advice(response, bare, method)));
        return new ApiException(response.code(), outside.shown(code), message.toString(), retryAfter);
    }

    /**
     * The error of a stream's line or Connect end-of-stream object.
     *
     * @param secret a text that must not get into the message, should the server repeat it
     */
    static ApiException ofStream(JsonNode error, String secret) {
        OutsideText outside = new OutsideText(secret);
        String code = outside.shown(error.path("code").asText(null));
        String said = outside.shown(error.path("message").asText(""));
        String message = "The event stream ended with an error: " + code + ": " + said;
        return new ApiException(0, code, message, RetryAfter.inDetails(error).orElse(null));
    }

    private static String advice(Response response, ApiException answer, String method) {
        if (answer.isOfSomethingElse()) {
            return ": " + AnswerBody.complaint(response).orElse("an answer of the API has status 200");
        }
        if (answer.isPlanMissing()) {
            return AUDIT_LOG.contains(method)
                    ? " (audit logs are part of the Enterprise plan, and this organization has another one)"
                    : " (the plan of the organization, or one of its settings, does not allow this)";
        }
        if (response.isRedirect() && response.header("Location") != null) {
            return redirect(response, response.header("Location"));
        }
        if (response.code() == 400
                && answer.code().filter("invalid_argument"::equals).isPresent()) {
            return unknownValue(method);
        }
        return switch (response.code()) {
            case 401 -> " (is the access token valid? option accessToken, or GITPOD_API_KEY)";
            case 403 ->
                AUDIT_LOG.contains(method)
                        ? " (the token's owner needs to be an organization admin or to have the audit-log reader role)"
                        : " (the token's owner needs read access to these resources)";
            case 400 ->
                method.equals(WATCH_EVENTS)
                        ? " (is there such a resource? options environmentId, resourceTypes, resourceIds, creatorIds and"
                                + " resourceTypeFilters)"
                        : "";
            case 404 -> notFound(method);
            default -> "";
        };
    }

    private static String unknownValue(String method) {
        return switch (method) {
            case "ListAuditLogs" ->
                " (has one of the options actorIds, actorPrincipals, subjectIds and subjectTypes a value that this server does"
                        + " not know?)";
            case WATCH_EVENTS ->
                " (has one of the options environmentId, resourceTypes, resourceIds, creatorIds and resourceTypeFilters a value"
                        + " that this server does not know?)";
            default -> "";
        };
    }

    private static String notFound(String method) {
        return switch (method) {
            case WATCH_EVENTS ->
                " (is the base URL right, and is there such an environment? options baseUrl, or GITPOD_BASE_URL,"
                        + " and environmentId)";
            case ONE_ENTRY -> " (there is no such entry, or the server is older than this method)";
            default -> " (is the base URL right? option baseUrl, or GITPOD_BASE_URL)";
        };
    }

    /** Names the {@code baseUrl} to set when the target is the same method of another address. */
    private static String redirect(Response response, String location) {
        HttpUrl target = response.request().url().resolve(location);
        if (target == null) {
            // Not shown: what is not an address can hold a password as well.
            return ": it redirects to what is not an address. Is baseUrl right?";
        }
        // Where a login page leads back to, and whoever logs in, is nobody's business.
        String plain = target.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build()
                .toString();
        List<String> path = response.request().url().pathSegments();
        String ofMethod = "/" + String.join("/", path.subList(path.size() - 2, path.size()));
        String told = ": it redirects to " + plain + ", and the access token is not sent there. ";
        return plain.endsWith(ofMethod)
                ? told + "If that is the new address, set baseUrl="
                        + plain.substring(0, plain.length() - ofMethod.length())
                : told + "It is not an address of the API: is baseUrl right, is a proxy in between?";
    }

    private static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }
}
