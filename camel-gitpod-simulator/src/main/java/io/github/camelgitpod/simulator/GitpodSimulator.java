package io.github.camelgitpod.simulator;

import java.time.Instant;
import java.time.InstantSource;

/** A stand-in for Gitpod's EventService. */
public final class GitpodSimulator implements AutoCloseable {
    private GitpodSimulator() {}

    public static Builder builder() {
        return new Builder();
    }

    public static GitpodSimulator start() {
        return builder().start();
    }

    public String baseUrl() {
        throw new UnsupportedOperationException();
    }

    public int port() {
        throw new UnsupportedOperationException();
    }

    public String accessToken() {
        throw new UnsupportedOperationException();
    }

    public String memberToken() {
        throw new UnsupportedOperationException();
    }

    public void rotateAccessToken(String newToken) {
        throw new UnsupportedOperationException();
    }

    public void revokeAuditLogRole() {
        throw new UnsupportedOperationException();
    }

    public void grantAuditLogRole() {
        throw new UnsupportedOperationException();
    }

    public String organizationId() {
        throw new UnsupportedOperationException();
    }

    public AuditLog auditLog() {
        throw new UnsupportedOperationException();
    }

    public EventStreams eventStreams() {
        throw new UnsupportedOperationException();
    }

    public Organization organization() {
        throw new UnsupportedOperationException();
    }

    public Trouble trouble() {
        throw new UnsupportedOperationException();
    }

    public RequestLog requests() {
        throw new UnsupportedOperationException();
    }

    public ServerKind serverKind() {
        throw new UnsupportedOperationException();
    }

    public void serverKind(ServerKind kind) {
        throw new UnsupportedOperationException();
    }

    public PageTokens pageTokens() {
        throw new UnsupportedOperationException();
    }

    public void pageTokens(PageTokens tokens) {
        throw new UnsupportedOperationException();
    }

    public Instant now() {
        throw new UnsupportedOperationException();
    }

    public void restart() {
        throw new UnsupportedOperationException();
    }

    public void stopServer() {
        throw new UnsupportedOperationException();
    }

    public void startServer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** Settings of a simulator before it starts. */
    public static final class Builder {
        private Builder() {}

        public Builder port(int port) {
            return this;
        }

        public Builder clock(InstantSource clock) {
            return this;
        }

        public Builder seed(long seed) {
            return this;
        }

        public Builder epoch(Instant epoch) {
            return this;
        }

        public Builder history(int entries) {
            return this;
        }

        public Builder liveRate(double entriesPerSecond) {
            return this;
        }

        public Builder serverKind(ServerKind kind) {
            return this;
        }

        public Builder pageTokens(PageTokens tokens) {
            return this;
        }

        public Builder accessToken(String token) {
            return this;
        }

        public GitpodSimulator start() {
            throw new UnsupportedOperationException();
        }
    }
}
