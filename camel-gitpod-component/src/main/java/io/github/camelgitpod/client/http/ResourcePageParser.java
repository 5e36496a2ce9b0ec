package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelgitpod.client.ListedResource;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Reads an answer that lists resources. Of each it keeps the id, the creator, and a hash by which a change is noticed. */
final class ResourcePageParser {
    /** Of the hash of a resource: one change in 2^64 goes unnoticed. */
    private static final int VERSION_BYTES = 8;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ResourcePageParser() {}

    /** @throws IOException when the body is not the JSON object that the protocol describes, or has anything besides */
    static ResourcePage parse(ResourceListing listing, byte[] body) throws IOException {
        try {
            return page(listing, JsonBytes.tree(body));
        } catch (IOException e) {
            throw new IOException("The answer is not a page of " + listing.field() + ": " + JsonBytes.problem(e));
        }
    }

    private static ResourcePage page(ResourceListing listing, JsonNode answer) throws IOException {
        List<ListedResource> resources = new ArrayList<>();
        String nextToken = "";
        for (Map.Entry<String, JsonNode> member : answer.properties()) {
            String field = member.getKey();
            JsonNode value = member.getValue();
            if (field.equals(listing.field())) {
                expect("its field " + field, value, JsonToken.START_ARRAY);
                for (JsonNode resource : value) {
                    add(resource, resources);
                }
            } else if (field.equals("pagination")) {
                expect("its field " + field, value, JsonToken.START_OBJECT);
                nextToken = nextToken(value.path("nextToken"));
            } else {
                throw JsonScalars.unknownField(field);
            }
        }
        return new ResourcePage(resources, nextToken.isEmpty() ? null : nextToken);
    }

    private static String nextToken(JsonNode token) throws IOException {
        if (!token.isMissingNode()) {
            expect("its field nextToken", token, JsonToken.VALUE_STRING);
        }
        return token.asText("");
    }

    /** Null is what is left out. */
    private static void expect(String what, JsonNode value, JsonToken expected) throws IOException {
        if (!value.isNull() && value.asToken() != expected) {
            throw JsonScalars.wrongKind(what, value.asToken(), expected);
        }
    }

    private static void add(JsonNode resource, List<ListedResource> resources) throws IOException {
        if (!resource.isObject()) {
            throw JsonScalars.wrongKind("one of its resources", resource.asToken(), JsonToken.START_OBJECT);
        }
        JsonNode id = resource.path(resource.hasNonNull("id") ? "id" : "runnerId");
        if (!id.isTextual() || id.asText().isEmpty()) {
            // Left out, it would count as deleted.
            throw new IOException("one of its resources has no id");
        }
        resources.add(new ListedResource(id.asText(), creatorOf(resource), version(resource)));
    }

    private static String creatorOf(JsonNode resource) {
        JsonNode creator = resource.path("metadata").path("creator");
        return (creator.isObject() ? creator : resource.path("creator"))
                .path("id")
                .asText(null);
    }

    /** Not of the text: servers of different builds differ in white space. */
    private static String version(JsonNode resource) throws IOException {
        byte[] canonical = MAPPER.writeValueAsBytes(MAPPER.treeToValue(resource, Object.class));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, VERSION_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
