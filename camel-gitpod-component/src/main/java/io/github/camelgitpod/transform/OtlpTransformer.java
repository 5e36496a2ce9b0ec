package io.github.camelgitpod.transform;

import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.camel.spi.DataTypeTransformer;

/** OpenTelemetry logs; see {@link OtlpForm}. */
@DataTypeTransformer(
        name = "gitpod:application-otlp+json",
        description = "Audit-log entries, events or gaps as one logs request of OTLP/HTTP in JSON")
public class OtlpTransformer extends FormTransformer {

    /** As Camel makes it. */
    public OtlpTransformer() {
        this(
                InstantSource.system(),
                Ulid::next,
                OtlpTransformer.class.getPackage().getImplementationVersion());
    }

    OtlpTransformer(InstantSource clock, Supplier<String> ids, String version) {
        super(new OtlpForm(ids, version), clock);
    }
}
