package io.github.camelgitpod.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.camelgitpod.testing.Bodies;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What Jackson makes of a body, wherever it writes it to. Camel's marshal() calls it so. */
class JacksonTest {
    private static final TypeReference<Map<String, Map<String, Object>>> MAPS = new TypeReference<>() {};
    private static final String ALL = "io.github.camelgitpod.testing.Bodies#all";

    @ParameterizedTest
    @MethodSource(ALL)
    void jsonIsTheTextItself(JsonBacked body) throws Exception {
        ObjectMapper json = new ObjectMapper();
        StringWriter characters = new StringWriter();
        json.writeValue(characters, body);

        assertThat(json.writeValueAsString(body)).isEqualTo(body.json().toString());
        assertThat(json.writeValueAsBytes(body)).isEqualTo(body.json().toByteArray());
        assertThat(characters).hasToString(body.json().toString());
        assertThat(json.writeValueAsString(Map.of("inside", List.of(body))))
                .isEqualTo("{\"inside\":[" + body.json() + "]}");
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void jsonForPeopleOrInAsciiIsWrittenAnew(JsonBacked body) throws Exception {
        String pretty =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(body);
        String ascii = JsonMapper.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .build()
                .writeValueAsString(body);

        assertThat(pretty).contains(System.lineSeparator() + "  ");
        assertThat(JsonText.of(pretty).toTree()).isEqualTo(body.json().toTree());
        assertThat(ascii).matches("\\p{ASCII}*");
        assertThat(JsonText.of(ascii).toTree()).isEqualTo(body.json().toTree());
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void aTreeOfItIsTheParsedText(JsonBacked body) throws Exception {
        ObjectMapper mapper = new ObjectMapper();

        assertThat(mapper.<JsonNode>valueToTree(body)).isEqualTo(body.json().toTree());
        assertThat(mapper.convertValue(body, JsonNode.class))
                .isEqualTo(body.json().toTree());
        assertThat(mapper.<JsonNode>valueToTree(Map.of("inside", body)).get("inside"))
                .isEqualTo(body.json().toTree());
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void yamlSaysWhatTheTextSays(JsonBacked body) throws Exception {
        YAMLMapper yaml = new YAMLMapper();

        assertThat(yaml.readTree(yaml.writeValueAsString(body)))
                .hasToString(new ObjectMapper().readTree(body.json().toString()).toString());
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void xmlIsWellFormed(JsonBacked body) throws Exception {
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(new XmlMapper().writeValueAsString(body))));

        JsonNode first = body.json().toTree();
        first = first.isArray() ? first.get(0) : first;
        first.properties().stream()
                .filter(member -> member.getValue().isValueNode())
                .forEach(member -> assertThat(xml.getElementsByTagName(member.getKey())
                                .item(0)
                                .getTextContent())
                        .isEqualTo(member.getValue().asText()));
    }

    @Test
    void numbersHaveAllTheirDigits() throws Exception {
        Map<String, Map<String, Object>> map =
                new ObjectMapper().convertValue(JsonText.of("{\"in\":" + Bodies.ENTRY.json() + "}"), MAPS);

        assertThat((Map<?, ?>) map.get("in").get("new"))
                .isEqualTo(Map.of(
                        "price", new BigDecimal("1.10"),
                        "sum", new BigDecimal("12345678901234567890.125"),
                        "count", new BigInteger("12345678901234567890123")));
        assertThat(new YAMLMapper().writeValueAsString(Bodies.ENTRY))
                .contains("price: 1.10", "sum: 12345678901234567890.125", "count: 12345678901234567890123");
        assertThat(new XmlMapper().writeValueAsString(Bodies.ENTRY))
                .contains(
                        "<price>1.10</price><sum>12345678901234567890.125</sum><count>12345678901234567890123</count>");
    }
}
