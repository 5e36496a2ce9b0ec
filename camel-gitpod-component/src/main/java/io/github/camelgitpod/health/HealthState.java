package io.github.camelgitpod.health;

import io.github.camelgitpod.client.ApiException;

/** What a consumer is doing, or what keeps it from doing it; the best first. Users read the names. */
public enum HealthState {
    /** All was read, or the stream is open. */
    CURRENT(true),
    /** It reads what has happened while it did not. */
    CATCHING_UP(true),
    /** Everything that was asked for was delivered. */
    FINISHED(true),
    /** Another consumer, on another machine, goes on with the same state. */
    STANDBY(true),
    /** It waits because the server asked for fewer requests. */
    THROTTLED(true),
    /** Nothing was answered yet. */
    STARTING(false),
    /** Nothing failed, and yet nothing moves: a route that blocks, a server that drips. */
    STALE(false),
    /** No answer, or one that is none. */
    UNREACHABLE(false),
    /** 403: a role is missing. */
    FORBIDDEN(false),
    /** 401: the token is wrong, or was revoked. */
    UNAUTHORIZED(false),
    /** The organization's plan does not have what is read. */
    PLAN(false),
    /** It will not go on before a person does something. */
    FAILED(false);

    private final boolean up;

    HealthState(boolean up) {
        this.up = up;
    }

    /** Whether all is well. What {@link #STARTING} is, Camel says. */
    public boolean isUp() {
        return up;
    }

    /** The state after a failed attempt that is followed by another one. */
    public static HealthState after(Throwable failure) {
        if (!(failure instanceof ApiException answer)) {
            return UNREACHABLE;
        }
        if (answer.isPlanMissing()) {
            return PLAN;
        }
        if (answer.isTooManyRequests()) {
            return THROTTLED;
        }
        if (answer.isUnauthenticated()) {
            return UNAUTHORIZED;
        }
        return answer.isAccessRefused() ? FORBIDDEN : UNREACHABLE;
    }
}
