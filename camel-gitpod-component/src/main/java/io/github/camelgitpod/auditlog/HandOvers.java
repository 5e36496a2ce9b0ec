package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.consumer.ConsumerName;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.processor.Resequencer;
import org.apache.camel.processor.SendDynamicProcessor;
import org.apache.camel.processor.SendProcessor;
import org.apache.camel.processor.StreamResequencer;
import org.apache.camel.processor.WireTapProcessor;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.RecoverableAggregationRepository;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a consumer's route that end its exchange before the work is done: an entry that was given to one counts as
 * delivered, and a crash or a failure behind it loses the entry. Found as far as the route shows it: through {@code direct:} too, not
 * behind an endpoint that is made up for each message.
 */
final class HandOvers {
    private static final Logger LOG = LoggerFactory.getLogger(HandOvers.class);
    private static final Set<String> QUEUES = Set.of("seda", "disruptor");

    private final Set<Route> seen = new HashSet<>();
    private final Set<String> steps = new LinkedHashSet<>();
    private final boolean repliesExpected;

    private HandOvers(DefaultConsumer consumer) {
        repliesExpected = consumer.getEndpoint().getExchangePattern() == ExchangePattern.InOut;
    }

    /** Says in the log which there are. */
    static void warn(DefaultConsumer consumer) {
        Set<String> found = new HandOvers(consumer).in(consumer.getRoute());
        if (!found.isEmpty()) {
            LOG.warn(
                    "{} hands entries over with {}: what is behind it can fail or crash, and the entries count as delivered;"
                            + " to lose none, use batching=true and sinks that answer",
                    ConsumerName.of(consumer),
                    String.join(", ", found));
        }
    }

    private Set<String> in(Route route) {
        if (route != null && seen.add(route)) {
            route.filter("*").forEach(step -> look(route, step));
        }
        return steps;
    }

    private void look(Route route, Processor step) {
        if (step instanceof WireTapProcessor) {
            steps.add("wireTap");
        } else if (step instanceof AggregateProcessor aggregate) {
            // One with a database has the entry when the exchange ends.
            if (!(aggregate.getAggregationRepository() instanceof RecoverableAggregationRepository)) {
                steps.add("aggregate");
            }
        } else if (step instanceof Resequencer || step instanceof StreamResequencer) {
            steps.add("resequence");
        } else if (step instanceof SendDynamicProcessor send) {
            lookAt(send.getUri(), send.getPattern());
        } else if (step instanceof SendProcessor send) {
            Endpoint endpoint = send.getEndpoint();
            lookAt(endpoint.getEndpointUri(), send.getPattern());
            for (Route next : route.getCamelContext().getRoutes()) {
                if (next.getEndpoint() == endpoint && !isQueue(endpoint.getEndpointUri())) {
                    in(next);
                }
            }
        }
    }

    private void lookAt(String uri, ExchangePattern pattern) {
        boolean waits = repliesExpected || pattern == ExchangePattern.InOut;
        String lowerCase = uri.toLowerCase(Locale.ROOT);
        boolean always = lowerCase.contains("waitfortasktocomplete=always");
        boolean never = lowerCase.contains("waitfortasktocomplete=never");
        if (isQueue(uri) && !always && (never || !waits)) {
            steps.add(scheme(uri));
        }
    }

    private static boolean isQueue(String uri) {
        return QUEUES.contains(scheme(uri));
    }

    private static String scheme(String uri) {
        return uri.substring(0, Math.max(0, uri.indexOf(':')));
    }
}
