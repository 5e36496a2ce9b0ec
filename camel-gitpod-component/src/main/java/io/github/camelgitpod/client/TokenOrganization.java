package io.github.camelgitpod.client;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Which organization the access token of this moment is for. The server is asked once for each token; a server that does not
 * tell is not asked again, if it says so itself. Safe for use by several threads.
 */
public final class TokenOrganization {
    private final DoubtfulRefusal doubt;
    private volatile Answer last;

    public TokenOrganization() {
        this(System::nanoTime);
    }

    TokenOrganization(LongSupplier nanoTime) {
        this.doubt = new DoubtfulRefusal(nanoTime);
    }

    /** @param organization null: the server does not tell */
    private record Answer(Object credential, String organization) {}

    /**
     * Asks, unless the answer for this token is known.
     *
     * @param client whose token it is
     * @return empty: the server does not tell, now or later
     * @throws IOException when the server cannot answer just now, or refuses the token
     */
    public Optional<String> of(GitpodClient client) throws IOException {
        Object credential = client.credential();
        Answer answer = last;
        if (answer == null || !answer.credential.equals(credential)) {
            last = null;
            answer = new Answer(credential, ask(client));
            last = answer;
        }
        return Optional.ofNullable(answer.organization);
    }

    /** The organization of the token that was asked about last; null: it is not known. Asks nothing. */
    public String known() {
        Answer answer = last;
        return answer == null ? null : answer.organization;
    }

    private String ask(GitpodClient client) throws IOException {
        try {
            String organization = client.authenticatedIdentity().organizationId();
            doubt.ends();
            return organization;
        } catch (ApiException e) {
            if (doubt.isBelieved(e) && neverTells(e)) {
                return null;
            }
            throw e;
        } catch (IOException e) {
            doubt.ends();
            throw e;
        }
    }

    /** The token may not ask, or there is no such method. */
    private static boolean neverTells(ApiException answer) {
        return answer.isOfMethod() || answer.isRequestRefused() || answer.isUnimplemented();
    }
}
