package io.github.camelgitpod.examples.siem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The documents of a batch that OpenSearch does not have yet, and those that it will never take. */
public final class Bulk {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ATTEMPTS = 10;

    private final List<String> refused = new ArrayList<>();
    private List<Document> pending = new ArrayList<>();
    private int attempts;

    /** @param documents one of each entry, in the same order */
    Bulk(List<AuditLogEntry> entries, List<String> documents) {
        for (int i = 0; i < entries.size(); i++) {
            pending.add(new Document(entries.get(i), documents.get(i)));
        }
    }

    public boolean isPending() {
        return !pending.isEmpty();
    }

    public boolean isRefused() {
        return !refused.isEmpty();
    }

    /** The body of the next request. */
    public String getLines() {
        StringBuilder lines = new StringBuilder();
        for (Document document : pending) {
            lines.append(document.action())
                    .append('\n')
                    .append(document.source())
                    .append('\n');
        }
        return lines.toString();
    }

    /** The entries that are never taken, each on a line with its reason. */
    public String getRefusedLines() {
        return String.join("\n", refused) + "\n";
    }

    /** Takes note of an answer; what has to wait stays. */
    void answered(JsonNode answer) throws IOException {
        JsonNode items = answer.path("items");
        if (items.size() != pending.size()) {
            throw new IOException("OpenSearch answered " + items.size() + " of " + pending.size() + " documents");
        }
        List<Document> again = new ArrayList<>();
        for (int i = 0; i < pending.size(); i++) {
            JsonNode result = items.get(i).path("create");
            int status = result.path("status").asInt();
            // 409: it has come before, and is there.
            boolean there = status / 100 == 2 || status == 409;
            if (!there && (status == 429 || status >= 500)) {
                again.add(pending.get(i));
            } else if (status == 400) {
                // The document itself. Anything else is about the token, the index or the server.
                refused.add(pending.get(i).refusal(result.path("error")));
            } else if (!there) {
                throw new IOException("OpenSearch answered " + status + " for a document: " + result.path("error"));
            }
        }
        pending = again;
        attempts++;
        if (isPending() && attempts == ATTEMPTS) {
            throw new IOException("OpenSearch has no room for " + pending.size() + " documents after " + attempts
                    + " attempts; the batch comes again, and what is there stays");
        }
    }

    private record Document(AuditLogEntry entry, String source) {

        String action() {
            ObjectNode action = JsonNodeFactory.instance.objectNode();
            action.putObject("create").put("_id", entry.id());
            return action.toString();
        }

        String refusal(JsonNode reason) throws IOException {
            ObjectNode refusal = JsonNodeFactory.instance.objectNode();
            refusal.put("entry", entry.json().toString());
            refusal.set("reason", reason);
            return MAPPER.writeValueAsString(refusal);
        }
    }
}
