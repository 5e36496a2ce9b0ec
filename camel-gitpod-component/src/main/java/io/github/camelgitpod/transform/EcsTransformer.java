package io.github.camelgitpod.transform;

import java.time.InstantSource;
import org.apache.camel.spi.DataTypeTransformer;

/** Documents of the Elastic Common Schema; see {@link EcsForm}. */
@DataTypeTransformer(
        name = "gitpod:application-ecs+json",
        description = "An audit-log entry as a document of the Elastic Common Schema 9.4.0; several as an array")
public class EcsTransformer extends FormTransformer {

    /** As Camel makes it. */
    public EcsTransformer() {
        this(InstantSource.system());
    }

    EcsTransformer(InstantSource clock) {
        super(new EcsForm(), clock);
    }
}
