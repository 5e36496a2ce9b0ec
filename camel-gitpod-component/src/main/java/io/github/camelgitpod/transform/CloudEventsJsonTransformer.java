package io.github.camelgitpod.transform;

import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.camel.spi.DataTypeTransformer;

/** CloudEvents in the structured mode; see {@link CloudEventForm}. */
@DataTypeTransformer(
        name = "gitpod:application-cloudevents+json",
        description = "An audit-log entry, event or gap as a CloudEvent 1.0 in JSON; several as a batch")
public class CloudEventsJsonTransformer extends FormTransformer {

    /** As Camel makes it. */
    public CloudEventsJsonTransformer() {
        this(InstantSource.system(), Ulid::next);
    }

    CloudEventsJsonTransformer(InstantSource clock, Supplier<String> ids) {
        super(new CloudEventForm(new CloudEventAttributes(ids)), clock);
    }
}
