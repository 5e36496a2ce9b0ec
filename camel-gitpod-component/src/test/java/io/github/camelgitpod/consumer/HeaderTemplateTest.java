package io.github.camelgitpod.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeaderTemplateTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final HeaderTemplate template = new HeaderTemplate("Second", "First", "Third");

    @BeforeEach
    void initialize() {
        // From then on it has headers of its own kind.
        context.init();
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    void aMessageHasWhatIsKnownAndNothingElse() {
        Message message = new DefaultMessage(context);
        message.setHeader("Before", 1);

        template.fill(message, Map.of("First", 1, "Third", "3")::get);

        assertThat(message.getHeaders()).containsExactly(Map.entry("First", 1), Map.entry("Third", "3"));
        assertThat(message.getHeader("tHIRD")).isEqualTo("3");
        assertThat(context.getCamelContextExtension().getHeadersMapFactory().isInstanceOf(message.getHeaders()))
                .isTrue();
    }

    @Test
    void whatBecomesOfOneMessageIsNothingToTheNext() {
        Message one = new DefaultMessage(context);
        template.fill(one, name -> name);
        one.removeHeader("First");
        one.setHeader("Fourth", 4);
        one.setHeader("second", "changed");
        Message other = new DefaultMessage(context);

        template.fill(other, name -> name);

        assertThat(other.getHeaders())
                .containsExactly(
                        Map.entry("First", "First"), Map.entry("Second", "Second"), Map.entry("Third", "Third"));
    }
}
