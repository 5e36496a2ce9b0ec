package io.github.camelgitpod.meter;

import java.util.List;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of one consumer, while it runs. For one thread at a time. */
public interface Meters {

    /** Those of an application without Micrometer. */
    Meters NONE = new Meters() {
        @Override
        public void refresh() {
            // There is nothing to look for.
        }

        @Override
        public void remove() {
            // There is nothing to remove.
        }
    };

    /** Looks for values of tags that have come since the last time. */
    void refresh();

    /** The consumer ends. */
    void remove();

    /**
     * Registers figures, if there is a registry of Micrometer in that of Camel. Whatever goes wrong is told, and hinders no consumer.
     *
     * @param route the value of the tag {@code route}
     */
    static Meters register(CamelContext context, String route, List<Figure> figures) {
        Logger log = LoggerFactory.getLogger(Meters.class);
        if (context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") == null) {
            return NONE;
        }
        try {
            return MicrometerMeters.register(context, route, figures);
        } catch (RuntimeException | LinkageError e) {
            log.warn("The figures of route {} are no meters: {}", route, e.toString());
            return NONE;
        }
    }
}
