package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.auditlog.query.NameDirectory;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Named;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.model.AuditLogEntry;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Consumer;
import org.apache.camel.Message;

/** The names in the headers of a consumer's messages, and the thread that lists them; nothing, where nobody wants names. */
final class ResolvedNames {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final NameDirectory directory;
    private ExecutorService thread;

    /** @param wanted whether somebody wants names */
    ResolvedNames(boolean wanted, TokenOrganization organizations) {
        this.directory = wanted
                ? new NameDirectory(organizations, task -> thread.execute(task), System::nanoTime, LONGEST_WAIT)
                : null;
    }

    void start(Consumer consumer) {
        if (directory != null) {
            thread = RequestThreads.create(consumer, "gitpod-names", 1);
        }
    }

    /** Its requests end with the client. */
    void stop(Consumer consumer) {
        if (thread != null) {
            consumer.getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(thread);
        }
    }

    /** A read begins. */
    void refresh(GitpodClient client) {
        if (directory != null) {
            directory.refresh(client);
        }
    }

    void addTo(Message message, AuditLogEntry entry) {
        if (directory == null) {
            return;
        }
        Named actor = directory.find(entry.actorId());
        Named subject = directory.find(entry.subjectId());
        if (actor != null) {
            set(message, GitpodConstants.ACTOR_NAME, actor.name());
            set(message, GitpodConstants.ACTOR_EMAIL, actor.email());
        }
        if (subject != null) {
            set(message, GitpodConstants.SUBJECT_NAME, subject.name());
        }
    }

    private static void set(Message message, String header, String value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
