package io.github.camelgitpod.transform;

import java.time.InstantSource;
import org.apache.camel.spi.DataTypeTransformer;

/** Documents of the Elastic Common Schema, one a line; see {@link EcsForm}. */
@DataTypeTransformer(
        name = "gitpod:application-ecs+ndjson",
        description = "Audit-log entries as documents of the Elastic Common Schema 9.4.0, one a line")
public class EcsNdjsonTransformer extends FormTransformer {

    /** As Camel makes it. */
    public EcsNdjsonTransformer() {
        this(InstantSource.system());
    }

    EcsNdjsonTransformer(InstantSource clock) {
        super(new LinesForm(new EcsForm()), clock);
    }
}
