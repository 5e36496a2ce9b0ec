package io.github.camelgitpod.transform;

import java.time.InstantSource;
import org.apache.camel.spi.DataTypeTransformer;

/** OCSF events; see {@link OcsfForm}. */
@DataTypeTransformer(
        name = "gitpod:application-ocsf+json",
        description = "An audit-log entry as an OCSF 1.8.0 event; several as an array")
public class OcsfTransformer extends FormTransformer {

    /** As Camel makes it. */
    public OcsfTransformer() {
        this(InstantSource.system());
    }

    OcsfTransformer(InstantSource clock) {
        super(new OcsfForm(), clock);
    }
}
