package io.github.camelgitpod.state.kafka;

import io.github.camelgitpod.model.ShortKey;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * One save of a state, as a record of the topic.
 *
 * @param text       null: there is no state, as before the first save and after a tombstone
 * @param id         no two saves have the same
 * @param generation counts the saves, for people
 */
record Saved(String text, String id, long generation) {
    static final Saved NONE = new Saved(null, "", 0);

    private static final String ID = "save";
    private static final String GENERATION = "generation";
    /** Transactional ids hold it too, and have their limits. */
    private static final int LONGEST_KEY = 400;

    /** The save that comes after this one. */
    Saved next(String newText) {
        return new Saved(newText, UUID.randomUUID().toString(), generation + 1);
    }

    boolean is(Saved other) {
        return other != null && id.equals(other.id);
    }

    /** Without what was saved: to know which one it was, the text is not needed. */
    Saved forgetText() {
        return new Saved(null, id, generation);
    }

    /** A key of a bounded length that UTF-8 can encode, and that no other state has. */
    static String shortened(String key) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
            return ShortKey.of(key, LONGEST_KEY);
        } catch (CharacterCodingException e) {
            // An unpaired surrogate.
            return ShortKey.of(key + " ".repeat(LONGEST_KEY), LONGEST_KEY);
        }
    }

    ProducerRecord<String, String> toRecord(String topic, String key) {
        return new ProducerRecord<>(
                topic,
                StateTopic.PARTITION,
                key,
                text,
                List.of(header(ID, id), header(GENERATION, String.valueOf(generation))));
    }

    /** Somebody may have repaired a state by hand: such a record has no headers. */
    static Saved of(ConsumerRecord<String, String> record) {
        Headers headers = record.headers();
        Header id = headers.lastHeader(ID);
        Header generation = headers.lastHeader(GENERATION);
        return id == null || generation == null
                ? new Saved(record.value(), "offset " + record.offset(), 0)
                : new Saved(record.value(), text(id), Long.parseLong(text(generation)));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Header header) {
        return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(header.value())).toString();
    }
}
