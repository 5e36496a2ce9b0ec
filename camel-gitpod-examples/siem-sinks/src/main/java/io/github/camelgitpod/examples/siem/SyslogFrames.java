package io.github.camelgitpod.examples.siem;

import io.github.camelgitpod.GitpodOrigin;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes a syslog message (RFC 5424) of each document in the body, one a line, and puts its length in octets before it (RFC 5425). The
 * property {@code entries} has the entries that the documents were made of.
 */
public final class SyslogFrames implements Processor {
    /** Facility 13, log audit, with severity 6, informational. */
    private static final int PRIORITY = 13 * 8 + 6;

    @Override
    public void process(Exchange exchange) {
        List<AuditLogEntry> entries = exchange.getProperty("entries", List.class);
        List<String> documents =
                exchange.getMessage().getBody(String.class).lines().toList();
        GitpodOrigin origin = exchange.getProperty(GitpodOrigin.PROPERTY, GitpodOrigin.class);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < documents.size(); i++) {
            String message = "<%d>1 %s %s gitpod - audit - %s"
                    .formatted(PRIORITY, time(entries.get(i).createdAt()), origin.host(), documents.get(i));
            byte[] octets = message.getBytes(StandardCharsets.UTF_8);
            frames.writeBytes((octets.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(octets);
        }
        exchange.getMessage().setBody(frames.toByteArray());
    }

    /** Syslog takes six digits of a second, and a dash for no time. */
    private static String time(Instant createdAt) {
        return createdAt == null
                ? "-"
                : createdAt.truncatedTo(ChronoUnit.MICROS).toString();
    }
}
