package io.github.camelgitpod.client.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;

/**
 * The gates of all credentials in use: one set for each address and token, whichever clients use it. Those of a credential
 * that no client uses any more are forgotten when they are at rest, so that rotated tokens leave nothing behind. Until then
 * they stay, since a wait that the server asked for must outlive the client that was told, as when a route is restarted. Of
 * a token that was rotated only its digest is kept. Safe for use by several threads.
 */
public final class RequestGates {
    private final LongSupplier nanoTime;
    private final Map<String, Shared> byCredential = new HashMap<>();

    public RequestGates() {
        this(System::nanoTime);
    }

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    RequestGates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The token that a client used last, and its digest, which takes longer to make than all else that a gate does. */
    private static final class Digested {
        final String token;
        final String digest;

        Digested(String token, String digest) {
            this.token = token;
            this.digest = digest;
        }
    }

    /** The gates of one credential, and how many clients use it. */
    private static final class Shared {
        final CredentialGates gates;
        int clients;

        Shared(CredentialGates gates) {
            this.gates = gates;
        }
    }

    /** How many credentials have gates. */
    synchronized int credentials() {
        return byCredential.size();
    }

    private static String digest(HttpUrl baseUrl, String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((baseUrl + " " + token).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** One client's access to the gates of its token of the moment; to be closed with the client. */
    final class Access implements AutoCloseable {
        private final HttpUrl baseUrl;
        private volatile Digested last = new Digested(null, null);
        private String credential;
        private boolean closed;

        Access(HttpUrl baseUrl) {
            this.baseUrl = baseUrl;
        }

        /** The gates of a token, which is the client's from now on. */
        CredentialGates of(String token) {
            String current = digest(token);
            synchronized (RequestGates.this) {
                if (closed) {
                    Shared shared = byCredential.get(current);
                    return shared != null ? shared.gates : new CredentialGates(nanoTime);
                }
                if (!current.equals(credential)) {
                    leave();
                    byCredential.computeIfAbsent(current, any -> new Shared(new CredentialGates(nanoTime))).clients++;
                    credential = current;
                }
                return byCredential.get(current).gates;
            }
        }

        /** Equal for the same token at the same address; the token cannot be found from it. */
        String digest(String token) {
            Digested known = last;
            if (!token.equals(known.token)) {
                known = new Digested(token, RequestGates.digest(baseUrl, token));
                last = known;
            }
            return known.digest;
        }

        @Override
        public void close() {
            synchronized (RequestGates.this) {
                closed = true;
                leave();
            }
        }

        private void leave() {
            if (credential != null) {
                byCredential.get(credential).clients--;
                credential = null;
            }
            byCredential.values().removeIf(shared -> shared.clients == 0 && shared.gates.areAtRest());
        }
    }
}
