package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.model.JsonBacked;
import io.github.camelgitpod.testing.Bodies;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.util.IOHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Camel's components get when they ask for a body in the form that they need. */
class GitpodConverterTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @MethodSource("io.github.camelgitpod.testing.Bodies#all")
    void everyFormOfTextIsTheBodysOwnText(JsonBacked body) throws Exception {
        String text = body.json().toString();

        assertThat(convert(body, String.class)).isEqualTo(text);
        assertThat(convert(body, char[].class)).isEqualTo(text.toCharArray());
        assertThat(IOHelper.toString(convert(body, Reader.class))).isEqualTo(text);
        assertThat(new String(convert(body, byte[].class), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(convert(body, InputStream.class)).hasBinaryContent(text.getBytes(StandardCharsets.UTF_8));
        assertThat(StandardCharsets.UTF_8
                        .decode(convert(body, ByteBuffer.class))
                        .toString())
                .isEqualTo(text);
        assertThat(convert(body, JsonNode.class)).isEqualTo(body.json().toTree());
    }

    @Test
    void aCharsetOfTheExchangeDoesNotChangeTheBytes() throws Exception {
        exchange.setProperty(Exchange.CHARSET_NAME, "US-ASCII");

        assertThat(convert(Bodies.ENTRY, byte[].class)).isEqualTo(Bodies.ENTRY_TEXT.getBytes(StandardCharsets.UTF_8));
        assertThat(IOHelper.toString(convert(Bodies.ENTRY, Reader.class))).isEqualTo(Bodies.ENTRY_TEXT);
    }

    @Test
    void numbersHaveAllTheirDigits() {
        JsonNode tree = convert(Bodies.ENTRY, JsonNode.class).get("new");
        Map<?, ?> map = (Map<?, ?>) convert(Bodies.ENTRY, Map.class).get("new");

        assertThat(tree.get("price").decimalValue()).isEqualTo(new BigDecimal("1.10"));
        assertThat(tree.get("sum").decimalValue()).isEqualTo(new BigDecimal("12345678901234567890.125"));
        assertThat(tree.get("count")).hasToString("12345678901234567890123");
        assertThat(map.get("price")).isEqualTo(new BigDecimal("1.10"));
        assertThat(map.get("sum")).isEqualTo(new BigDecimal("12345678901234567890.125"));
        assertThat(map.get("count")).hasToString("12345678901234567890123");
    }

    @Test
    void aBatchIsNoMapAndStaysAListOfItsEntries() {
        exchange.getMessage().setBody(Bodies.BATCH);

        assertThat(exchange.getMessage().getBody(Map.class)).isNull();
        assertThat((Iterable<Object>) () -> convert(Bodies.BATCH, Iterator.class))
                .containsExactlyElementsOf(Bodies.BATCH);
    }

    /** Camel puts one in the place of every body that can be made one. */
    @Test
    void streamCachingLeavesBodiesAsTheyAre() {
        Bodies.all().forEach(body -> {
            exchange.getMessage().setBody(body);
            assertThat(context.getStreamCachingStrategy().cache(exchange)).isNull();
            assertThat(exchange.getMessage().getBody()).isSameAs(body);
        });
    }

    /** Camel's own converter of objects, which a user can turn on. */
    @Test
    void aBodyBecomesAClassOfTheUsers() {
        context.getGlobalOptions().put("CamelJacksonEnableTypeConverter", "true");
        context.getGlobalOptions().put("CamelJacksonTypeConverterToPojo", "true");
        context.getRegistry().bind("mapper", new ObjectMapper());

        assertThat(convert(Bodies.EVENT, MyEvent.class))
                .isEqualTo(new MyEvent("r1", "grün 😀", new BigDecimal("1.10")));
        assertThat(convert(Bodies.GAP, MyGap.class))
                .isEqualTo(new MyGap("1970-01-01T00:00:00Z", "1970-01-01T00:00:01.500Z", "reset", 2));
    }

    private <T> T convert(Object body, Class<T> type) {
        exchange.getMessage().setBody(body);
        return exchange.getMessage().getBody(type);
    }

    public record MyEvent(String resourceId, String name, BigDecimal size) {}

    public record MyGap(String from, String to, String reason, int attempts) {}
}
