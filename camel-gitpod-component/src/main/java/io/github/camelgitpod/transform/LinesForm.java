package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Another form, each value on a line of its own (NDJSON), as bulk endpoints take them. The last line ends too. */
record LinesForm(Form values) implements Form {

    @Override
    public boolean takes(Object body) {
        return values.takes(body);
    }

    @Override
    public String taken() {
        return values.taken();
    }

    @Override
    public void write(JsonGenerator out, Object body, Surroundings surroundings) throws IOException {
        values.write(out, body, surroundings);
    }

    @Override
    public void begin(JsonGenerator out, boolean several, Surroundings surroundings) {}

    @Override
    public void end(JsonGenerator out, boolean several) throws IOException {
        if (out.getOutputContext().hasCurrentIndex()) {
            out.writeRaw('\n');
        }
    }

    @Override
    public String contentType(boolean several) {
        return "application/x-ndjson";
    }
}
