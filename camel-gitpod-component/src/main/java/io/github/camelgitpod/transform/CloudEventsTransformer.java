package io.github.camelgitpod.transform;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/** The attributes of a CloudEvent as Camel's headers; the body stays as it is. */
@DataTypeTransformer(
        name = "gitpod:application-cloudevents",
        description = "An audit-log entry, event or gap as it is, with the headers of a CloudEvent 1.0")
public class CloudEventsTransformer extends Transformer {
    /** Those that Camel has a header for. */
    private static final Map<String, String> HEADERS = Map.of(
            "id", CloudEvent.CAMEL_CLOUD_EVENT_ID,
            "source", CloudEvent.CAMEL_CLOUD_EVENT_SOURCE,
            "specversion", CloudEvent.CAMEL_CLOUD_EVENT_VERSION,
            "type", CloudEvent.CAMEL_CLOUD_EVENT_TYPE,
            "subject", CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT,
            "time", CloudEvent.CAMEL_CLOUD_EVENT_TIME,
            "datacontenttype", CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE);

    private final CloudEventForm form;
    private final CloudEventAttributes attributes;
    private final InstantSource clock;

    /** As Camel makes it. */
    public CloudEventsTransformer() {
        this(InstantSource.system(), Ulid::next);
    }

    CloudEventsTransformer(InstantSource clock, Supplier<String> ids) {
        this.attributes = new CloudEventAttributes(ids);
        this.form = new CloudEventForm(attributes);
        this.clock = clock;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) throws Exception {
        Object body = message.getBody();
        new ItemCheck(to, form).body(body);
        HEADERS.values().forEach(message::removeHeader);
        attributes.of(body, Surroundings.of(message, clock.instant())).forEach((name, value) -> {
            if (HEADERS.containsKey(name)) {
                message.setHeader(HEADERS.get(name), value);
            }
        });
    }
}
