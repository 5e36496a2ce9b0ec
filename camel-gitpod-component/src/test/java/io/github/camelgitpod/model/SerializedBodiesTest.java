package io.github.camelgitpod.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.testing.Bodies;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are serialized: in a repository of an aggregation, in a cache, on their way to another process. */
class SerializedBodiesTest {

    @ParameterizedTest
    @MethodSource("io.github.camelgitpod.testing.Bodies#all")
    void whatIsReadBackIsEqual(JsonBacked body) throws Exception {
        Object read = read(written(body));

        assertThat(read).isEqualTo(body).hasSameHashCodeAs(body).isNotSameAs(body);
        assertThat(((JsonBacked) read).json()).isEqualTo(body.json());
    }

    @Test
    void listsOfThemTooAndWhatIsNotInTheText() throws Exception {
        GitpodEvent event = new GitpodEvent("o", "t", "r", Instant.EPOCH, true, "e1", "2026-02-18", JsonText.of("{}"));
        List<Object> all = new ArrayList<>(List.of(event));
        Bodies.all().forEach(all::add);

        assertThat(read(written((Serializable) all))).isEqualTo(all);
    }

    /** Written as it is into other JSON, it would say there what it wants. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1},\"", "{\"id\":\"x\"", "        ", "{\"id\":\"\u00fc\"}"})
    void aTextThatIsNotOneJsonValueIsRefused(String forged) throws Exception {
        byte[] stream = written(JsonText.of("{\"i\": 1}".concat(" ".repeat(forged.length() - 8))));
        // One byte for a letter: in UTF-8 there would be two.
        byte[] bytes = forged.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, stream, stream.length - bytes.length, bytes.length);

        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("JSON value");
    }

    @Test
    void whatCouldNotBeReadBackIsNotWritten() {
        assertThatThrownBy(() -> written(JsonText.of("{},{}"))).hasMessageContaining("not one JSON value");
    }

    @Test
    void aTextThatDoesNotComeAsItsBytesIsRefused() throws Exception {
        byte[] stream = renamed(written(new JsonTexx()), "JsonTexx", "JsonText");

        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessage("A JsonText is serialized as its bytes");
    }

    @Test
    void aBatchThatDoesNotComeAsItsEntriesOrWithoutOneIsRefused() throws Exception {
        byte[] direct = renamed(written(new AuditLogBatcx()), "AuditLogBatcx", "AuditLogBatch");
        byte[] stream = written(new AuditLogBatch(List.of(Bodies.ENTRY)));

        assertThatThrownBy(() -> read(direct)).hasMessage("An AuditLogBatch is serialized as its entries");
        assertThatThrownBy(() -> read(renamed(stream, "\0\0\0\1sr", "\0\0\0\1pr")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anEntryAndAnEventWithoutTextAreRefused() throws Exception {
        byte[] entry = renamed(written(new AuditLogEntrx("e1")), "AuditLogEntrx", "AuditLogEntry");
        byte[] event = renamed(written(new GitpodEvenx("e1")), "GitpodEvenx", "GitpodEvent");

        assertThatThrownBy(() -> read(entry))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessage("json");
        assertThatThrownBy(() -> read(event))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessage("json");
    }

    private static byte[] written(Serializable object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] stream) throws IOException, ClassNotFoundException {
        return new ObjectInputStream(new ByteArrayInputStream(stream)).readObject();
    }

    /** A forger's work: the same stream with the name of another class, which is as long. */
    private static byte[] renamed(byte[] stream, String from, String to) {
        String text = new String(stream, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}

/** Stand-ins, of which a forger makes a stream that names the real classes. */
final class JsonTexx implements Serializable {
    private static final long serialVersionUID = 1L;
    final byte[] utf8 = {'1'};
}

final class AuditLogBatcx implements Serializable {
    private static final long serialVersionUID = 1L;
}

record AuditLogEntrx(String id) implements Serializable {}

record GitpodEvenx(String resourceId) implements Serializable {}
