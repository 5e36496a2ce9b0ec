package io.github.camelgitpod.operations;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A sink that is not there the first time. */
final class FailsOnce implements Processor {
    private final AtomicBoolean failed = new AtomicBoolean();

    @Override
    public void process(Exchange exchange) {
        if (failed.compareAndSet(false, true)) {
            throw new IllegalStateException("the sink is not there");
        }
    }
}
