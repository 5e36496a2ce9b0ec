package io.github.camelgitpod.transform;

import java.time.InstantSource;
import org.apache.camel.spi.DataTypeTransformer;

/** OCSF events, one a line; see {@link OcsfForm}. */
@DataTypeTransformer(
        name = "gitpod:application-ocsf+ndjson",
        description = "Audit-log entries as OCSF 1.8.0 events, one a line")
public class OcsfNdjsonTransformer extends FormTransformer {

    /** As Camel makes it. */
    public OcsfNdjsonTransformer() {
        this(InstantSource.system());
    }

    OcsfNdjsonTransformer(InstantSource clock) {
        super(new LinesForm(new OcsfForm()), clock);
    }
}
