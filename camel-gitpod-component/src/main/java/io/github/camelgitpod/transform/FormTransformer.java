package io.github.camelgitpod.transform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;

/**
 * Writes the body of a message in a {@link Form}: one entry or a list of them as bytes in UTF-8, any other listing as a stream,
 * which reads it while it is read itself.
 */
public abstract class FormTransformer extends Transformer {
    private final Form form;
    private final InstantSource clock;

    FormTransformer(Form form, InstantSource clock) {
        this.form = form;
        this.clock = clock;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) throws Exception {
        Object body = message.getBody();
        boolean several = body instanceof Iterable;
        Surroundings surroundings = Surroundings.of(message, clock.instant());
        ItemCheck check = new ItemCheck(to, form);
        if (body instanceof Collection<?> items) {
            message.setBody(bytes(items, check, surroundings.withoutNames()));
        } else if (several) {
            message.setBody(new FormStream(((Iterable<?>) body).iterator(), check, clock, surroundings.withoutNames()));
        } else {
            message.setBody(bytes(check.body(body), surroundings));
        }
        message.setHeader(Exchange.CONTENT_TYPE, form.contentType(several));
    }

    private byte[] bytes(Object item, Surroundings surroundings) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FormWriter writer = new FormWriter(bytes, form, false, surroundings)) {
            writer.write(item, surroundings);
            writer.end();
        }
        return bytes.toByteArray();
    }

    private byte[] bytes(Collection<?> items, ItemCheck check, Surroundings surroundings) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FormWriter writer = new FormWriter(bytes, form, true, surroundings)) {
            for (Object item : items) {
                writer.write(check.item(item), surroundings);
            }
            writer.end();
        }
        return bytes.toByteArray();
    }
}
