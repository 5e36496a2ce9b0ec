package io.github.camelgitpod.transform;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.GitpodOrigin;
import java.time.Instant;
import org.apache.camel.Message;

/**
 * What an entry does not tell and a form needs. Null is unknown, and then left out.
 *
 * @param host           of the base URL
 * @param organizationId the organization that the token is for
 * @param receivedAt     when the entry was handed to the route
 * @param mappedAt       now; never null
 * @param environmentId  of the event stream's scope
 * @param actorName      for people, as the two that follow: of the message's one entry
 */
record Surroundings(
        String host,
        String organizationId,
        Instant receivedAt,
        Instant mappedAt,
        String environmentId,
        String actorName,
        String actorEmail,
        String subjectName) {

    static Surroundings of(Message message, Instant now) {
        GitpodOrigin origin = GitpodOrigin.of(message.getExchange());
        return new Surroundings(
                origin.host(),
                header(message, GitpodConstants.ORGANIZATION_ID),
                origin.receivedAt(),
                now,
                header(message, GitpodConstants.ENVIRONMENT_ID),
                header(message, GitpodConstants.ACTOR_NAME),
                header(message, GitpodConstants.ACTOR_EMAIL),
                header(message, GitpodConstants.SUBJECT_NAME));
    }

    /** Since when the entry is known to exist, if it does not tell itself. */
    Instant firstSeen() {
        return receivedAt == null ? mappedAt : receivedAt;
    }

    /** For an entry of a listing, which is received when it is asked for. */
    Surroundings readAt(Instant now) {
        return new Surroundings(host, organizationId, now, now, environmentId, actorName, actorEmail, subjectName);
    }

    /** For the entries of a list: the names in the headers are of one entry. */
    Surroundings withoutNames() {
        return new Surroundings(host, organizationId, receivedAt, mappedAt, environmentId, null, null, null);
    }

    private static String header(Message message, String name) {
        String value = message.getHeader(name, String.class);
        return value == null || value.isEmpty() ? null : Texts.utf8(value);
    }
}
