package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the values of one message, and what stands around them. */
final class FormWriter implements Closeable {
    private final Form form;
    private final boolean several;
    private final JsonGenerator out;

    FormWriter(OutputStream out, Form form, boolean several, Surroundings surroundings) throws IOException {
        this.form = form;
        this.several = several;
        this.out = Json.generator(out);
        form.begin(this.out, several, surroundings);
    }

    void write(Object item, Surroundings surroundings) throws IOException {
        form.write(out, item, surroundings);
    }

    /** Hands on what was written so far. */
    void flush() throws IOException {
        out.flush();
    }

    /** Ends the message. Not called after a failure, it leaves a message that no reader takes for a whole one. */
    void end() throws IOException {
        form.end(out, several);
    }

    /** Gives back the generator's memory. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
