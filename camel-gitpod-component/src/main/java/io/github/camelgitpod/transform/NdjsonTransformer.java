package io.github.camelgitpod.transform;

import java.time.InstantSource;
import org.apache.camel.spi.DataTypeTransformer;

/** Lines of JSON as the server sent it; see {@link OwnForm}. */
@DataTypeTransformer(
        name = "gitpod:application-ndjson",
        description = "Audit-log entries or events as the server sent them, one a line")
public class NdjsonTransformer extends FormTransformer {

    /** As Camel makes it. */
    public NdjsonTransformer() {
        this(InstantSource.system());
    }

    NdjsonTransformer(InstantSource clock) {
        super(new LinesForm(new OwnForm()), clock);
    }
}
