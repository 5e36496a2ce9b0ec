package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.client.NameListing;
import io.github.camelgitpod.client.NamePage;
import io.github.camelgitpod.client.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads an answer that lists what has names. What it does not understand is left out: no entry depends on a name. */
final class NamePageParser {
    private NamePageParser() {}

    /** @throws IOException when the body is no object of JSON */
    static NamePage parse(NameListing listing, byte[] body) throws IOException {
        JsonNode answer;
        try {
            answer = JsonBytes.tree(body);
        } catch (IOException e) {
            throw new IOException("The answer is not a page of " + listing.field() + ": " + JsonBytes.problem(e));
        }
        List<Named> names = new ArrayList<>();
        for (JsonNode one : answer.path(listing.field())) {
            String id = first(one.path("id"), one.path("userId"), one.path("runnerId"));
            String name = first(
                    one.path("fullName"), one.path("name"), one.path("metadata").path("name"));
            String email = first(one.path("email"));
            if (id != null && (name != null || email != null)) {
                names.add(new Named(id, name, email));
            }
        }
        return new NamePage(names, first(answer.path("pagination").path("nextToken")));
    }

    /** The first one that is a text with something in it; null: none is. */
    private static String first(JsonNode... values) {
        for (JsonNode value : values) {
            if (value.isTextual() && !value.asText().isBlank()) {
                return value.asText();
            }
        }
        return null;
    }
}
