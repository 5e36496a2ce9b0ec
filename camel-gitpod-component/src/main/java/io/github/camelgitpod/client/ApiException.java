package io.github.camelgitpod.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** An answer of the API that is not a success. Its message holds nothing but what the server said and where. */
public final class ApiException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Duration retryAfter;
    private final boolean repeated;

    /**
     * @param status     the HTTP status; 0 for an error reported inside a stream
     * @param code       the Connect code, such as {@code permission_denied}; null when the answer had none
     * @param message    for people
     * @param retryAfter how long not to ask again; null: unknown
     */
    public ApiException(int status, String code, String message, Duration retryAfter) {
        this(status, code, message, retryAfter, false);
    }

    private ApiException(int status, String code, String message, Duration retryAfter, boolean repeated) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
        this.repeated = repeated;
    }

    /** The HTTP status; 0 for an error reported inside a stream. */
    public int status() {
        return status;
    }

    /** The Connect code, such as {@code permission_denied}; empty when the answer had none. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** How long not to ask again, counted from when this was thrown. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the credential was refused (401, 403, or their codes in a stream), or its organization's plan is too small. */
    public boolean isAccessRefused() {
        return isUnauthenticated() || status == 403 || isPlanMissing() || "permission_denied".equals(code);
    }

    /** Whether the token was refused: 401, or its code in a stream. */
    public boolean isUnauthenticated() {
        return status == 401 || "unauthenticated".equals(code);
    }

    /** Whether the server did not understand the request: something in it is wrong, or newer than the server. */
    public boolean isBadRequest() {
        return status == 400;
    }

    /** Whether there were too many requests: the server asks for fewer, and all else is well. */
    public boolean isTooManyRequests() {
        return status == 429 || (status == 0 && "resource_exhausted".equals(code));
    }

    /** Whether the organization's plan does not include what was asked for. */
    public boolean isPlanMissing() {
        return (status == 400 || status == 412) && "failed_precondition".equals(code);
    }

    /** Whether something else than the API has answered, such as a login page: with a success, but no answer. */
    public boolean isOfSomethingElse() {
        return status >= 200 && status < 300;
    }

    /** Whether it hardly passes within seconds, so that the next request is allowed at growing intervals only. */
    public boolean isLasting() {
        return isAccessRefused() || isOfSomethingElse();
    }

    /** Whether it says nothing about the other methods of the API: a role, or a plan, is missing for this one. */
    public boolean isOfMethod() {
        return status == 403 || isPlanMissing();
    }

    /** Whether the server does not have the method. Another one may, and this one after an upgrade. */
    public boolean isUnimplemented() {
        return status == 501 || "unimplemented".equals(code);
    }

    /** Whether the request is refused, and it is not the API that says so, which gives a code: a server without the method, or a proxy. */
    public boolean isRefusedBySomething() {
        return isRequestRefused() && code == null;
    }

    /** Whether the same request may succeed within seconds: 408, 409, 429, 5xx, or such a code in a stream. */
    public boolean isTransient() {
        return status == 408
                || status == 409
                || status == 429
                || status >= 500
                || (status == 0 && !isAccessRefused() && !"invalid_argument".equals(code) && !"not_found".equals(code));
    }

    /**
     * Whether waiting may be enough, with nothing changed in the request: {@link #isTransient()}, a 401, since a refused
     * token can be replaced, or a login page.
     */
    public boolean mayPassByItself() {
        return isTransient() || status == 401 || isOfSomethingElse();
    }

    /**
     * Whether the server refused the request itself, and not the moment or the credential. Of a request with a page token
     * this says that the token has expired.
     */
    public boolean isRequestRefused() {
        return !isTransient() && !isLasting();
    }

    /** Whether it is the answer to an earlier request, and the server was not asked again: that is not allowed yet. */
    public boolean isRepeated() {
        return repeated;
    }

    public ApiException withRetryAfter(Duration wait) {
        return copy(wait, repeated);
    }

    /** The same for another request, which was not sent because of this answer. */
    public ApiException repeatedFor(Duration wait) {
        return copy(wait, true);
    }

    private ApiException copy(Duration wait, boolean again) {
        ApiException copy = new ApiException(status, code, getMessage(), wait, again);
        // Not as its cause: who prints causes would say the same sentence twice.
        copy.setStackTrace(getStackTrace());
        return copy;
    }
}
