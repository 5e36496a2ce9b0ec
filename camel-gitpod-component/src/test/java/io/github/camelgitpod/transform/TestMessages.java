package io.github.camelgitpod.transform;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.GitpodOrigin;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.support.DefaultExchange;

/** Messages as the consumers make them, at a fixed time; their clocks and ids are those of the golden files. */
final class TestMessages {
    /** Numbers to the last digit. */
    static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final JsonNode CONTEXT = resource("golden/context.json");
    static final String HOST = CONTEXT.path("host").asText();
    static final String ORGANIZATION = CONTEXT.path("organizationId").asText();
    static final Instant RECEIVED_AT = Instant.parse(CONTEXT.path("receivedAt").asText());
    static final Instant MAPPED_AT = Instant.parse(CONTEXT.path("mappedAt").asText());
    static final String ULID = "01JNGZ0000ABCDEFGHJKMNPQRS";

    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    /** The forms of the golden files, by the ends of their names. */
    enum Golden {
        cloudevents(new CloudEventsJsonTransformer(() -> MAPPED_AT, () -> ULID)),
        ocsf(new OcsfTransformer(() -> MAPPED_AT)),
        ecs(new EcsTransformer(() -> MAPPED_AT)),
        otlp(new OtlpTransformer(
                () -> MAPPED_AT, () -> ULID, CONTEXT.path("version").asText()));

        final Transformer transformer;

        Golden(Transformer transformer) {
            this.transformer = transformer;
        }

        JsonNode of(Object body) {
            return json(transformed(transformer, message(body)));
        }
    }

    private TestMessages() {}

    static Message message(Object body) {
        Message message = new DefaultExchange(CAMEL).getMessage();
        message.setBody(body);
        message.setHeader(GitpodConstants.ORGANIZATION_ID, ORGANIZATION);
        message.getExchange().setProperty(GitpodOrigin.PROPERTY, new GitpodOrigin(HOST, RECEIVED_AT));
        return message;
    }

    /** The same message, with what a transformer made of its body. */
    static Message transformed(Transformer transformer, Message message) {
        try {
            transformer.transform(message, DataType.ANY, new DataType("gitpod:application-test"));
            return message;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(Message message) {
        return json(text(message));
    }

    static String text(Message message) {
        try {
            byte[] bytes = message.getBody() instanceof InputStream in ? in.readAllBytes() : (byte[]) message.getBody();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return EXACT.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An entry as the client makes it of its text. */
    static AuditLogEntry entry(String text) {
        JsonNode fields = json(text);
        String createdAt = fields.path("createdAt").textValue();
        return new AuditLogEntry(
                fields.path("id").textValue(),
                fields.path("actorId").textValue(),
                fields.path("actorPrincipal").textValue(),
                fields.path("subjectId").textValue(),
                fields.path("subjectType").textValue(),
                fields.path("action").textValue(),
                instant(createdAt),
                createdAt,
                fields.path("kind").textValue(),
                JsonText.of(text));
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    static JsonNode resource(String name) {
        return json(resourceText(name));
    }

    static String resourceText(String name) {
        try (InputStream in = TestMessages.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
