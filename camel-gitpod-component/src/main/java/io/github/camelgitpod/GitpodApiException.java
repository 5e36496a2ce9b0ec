package io.github.camelgitpod;

import io.github.camelgitpod.client.ApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.spi.HttpResponseAware;

/** An answer of Gitpod's API that is not a success, in the form in which Camel reports HTTP errors. */
public class GitpodApiException extends IOException implements HttpResponseAware {
    private static final long serialVersionUID = 1L;

    private final ApiException answer;
    private int httpResponseCode;
    private String httpResponseStatus;

    private GitpodApiException(ApiException answer) {
        super(answer.getMessage());
        // Not its cause: who prints causes, as Camel's health does, would say the same sentence twice.
        setStackTrace(answer.getStackTrace());
        this.answer = answer;
        this.httpResponseCode = answer.status();
    }

    /** The same failure for Camel when it is an answer of the API; any other one as it is. */
    public static IOException of(IOException failure) {
        return failure instanceof ApiException answer ? new GitpodApiException(answer) : failure;
    }

    /** The Connect code, such as {@code permission_denied}; empty when the answer had none. */
    public Optional<String> getCode() {
        return answer.code();
    }

    /** How long the server wants no request, counted from when this was thrown; empty when it did not say. */
    public Optional<Duration> getRetryAfter() {
        return answer.retryAfter();
    }

    /** The HTTP status; 0 for an error that was reported inside an event stream. */
    @Override
    public int getHttpResponseCode() {
        return httpResponseCode;
    }

    @Override
    public void setHttpResponseCode(int code) {
        this.httpResponseCode = code;
    }

    @Override
    public String getHttpResponseStatus() {
        return httpResponseStatus;
    }

    @Override
    public void setHttpResponseStatus(String status) {
        this.httpResponseStatus = status;
    }
}
