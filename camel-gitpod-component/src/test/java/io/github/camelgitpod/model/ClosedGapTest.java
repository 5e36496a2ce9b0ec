package io.github.camelgitpod.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ClosedGapTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final StreamGap GAP = new StreamGap(T, T.plusSeconds(9), "reset", 3);

    @Test
    void simpleReadsTheFieldsOfBothBodies() throws Exception {
        assertThat(simple(GAP, "${body.from} ${body.to} ${body.reason} ${body.attempts}"))
                .isEqualTo("2026-01-01T00:00:00Z 2026-01-01T00:00:09Z reset 3");
        assertThat(simple(
                        new ClosedGap(GAP, 7, 2, 1),
                        "${body.from} ${body.to} ${body.reason} ${body.attempts}"
                                + " ${body.relisted} ${body.synthetic} ${body.auditEntries}"))
                .isEqualTo("2026-01-01T00:00:00Z 2026-01-01T00:00:09Z reset 3 7 2 1");
    }

    @Test
    void theJsonHasTheGapAndWhatCameOfIt() {
        assertThat(new ClosedGap(GAP, 7, 2, 1).toJson())
                .hasToString("{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:09Z\",\"reason\":\"reset\","
                        + "\"attempts\":3,\"relisted\":7,\"synthetic\":2,\"auditEntries\":1}");
    }

    @Test
    void thereIsNoneWithoutAGap() {
        assertThatNullPointerException().isThrownBy(() -> new ClosedGap(null, 0, 0, 0));
    }

    private static String simple(Object body, String expression) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(body);
            return context.resolveLanguage("simple")
                    .createExpression(expression)
                    .evaluate(exchange, String.class);
        }
    }
}
