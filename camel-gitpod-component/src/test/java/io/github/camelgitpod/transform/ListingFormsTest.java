package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.GitpodOrigin;
import io.github.camelgitpod.model.AuditLogBatch;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.transform.TestMessages.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.Transformer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches, listings and lines. */
class ListingFormsTest {
    private static final List<AuditLogEntry> ENTRIES =
            GoldenFormsTest.CASES.stream().map(GoldenFormsTest::entry).toList();
    private static final Transformer ECS_LINES = new EcsNdjsonTransformer(() -> TestMessages.MAPPED_AT);
    private static final Transformer OCSF_LINES = new OcsfNdjsonTransformer(() -> TestMessages.MAPPED_AT);
    private static final Transformer OWN_LINES = new NdjsonTransformer(() -> TestMessages.MAPPED_AT);

    @ParameterizedTest
    @EnumSource
    void aListingIsTheSameAsABatch(Golden form) {
        Message batch = TestMessages.message(new AuditLogBatch(ENTRIES));
        // A listing is read when it is written, so that its times are the same here only if those of the batch are.
        batch.getExchange()
                .setProperty(GitpodOrigin.PROPERTY, new GitpodOrigin(TestMessages.HOST, TestMessages.MAPPED_AT));
        Message listing = TestMessages.message((Iterable<AuditLogEntry>) ENTRIES::iterator);

        TestMessages.transformed(form.transformer, batch);
        TestMessages.transformed(form.transformer, listing);

        assertThat(listing.getBody()).isInstanceOf(InputStream.class);
        assertThat(TestMessages.text(listing)).isEqualTo(TestMessages.text(batch));
        assertThat(listing.getHeader(Exchange.CONTENT_TYPE)).isEqualTo(batch.getHeader(Exchange.CONTENT_TYPE));
    }

    @Test
    void aListingIsReadAsFarAsItIsAskedFor() throws IOException {
        AtomicInteger taken = new AtomicInteger();
        Iterable<AuditLogEntry> endless = () ->
                Stream.generate(() -> ENTRIES.get(taken.getAndIncrement() % 4)).iterator();
        Message message = TestMessages.transformed(ECS_LINES, TestMessages.message(endless));

        try (InputStream in = (InputStream) message.getBody()) {
            assertThat(taken).hasValue(0);
            assertThat(in.available()).isZero();
            assertThat(in.read()).isEqualTo('{');
            assertThat(in.readNBytes(10_000)).hasSize(10_000);
            assertThat(taken).hasValueBetween(4, 8);
            in.close();
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void eachLineIsADocument() {
        String lines = text(ECS_LINES, ENTRIES);

        assertThat(lines).endsWith("}\n");
        assertThat(lines.lines().map(TestMessages::json))
                .containsExactlyElementsOf(GoldenFormsTest.CASES.stream()
                        .map(name -> GoldenFormsTest.golden(name, Golden.ecs))
                        .toList());
        assertThat(text(OCSF_LINES, ENTRIES).lines().map(TestMessages::json))
                .containsExactlyElementsOf(GoldenFormsTest.CASES.stream()
                        .map(name -> GoldenFormsTest.golden(name, Golden.ocsf))
                        .toList());
    }

    @Test
    void oneEntryIsOneLine() {
        assertThat(text(ECS_LINES, ENTRIES.get(0))).endsWith("}\n").hasLineCount(1);
    }

    @Test
    void ownLinesAreTheServersText() {
        assertThat(text(OWN_LINES, ENTRIES))
                .isEqualTo(ENTRIES.get(0).json() + "\n" + ENTRIES.get(1).json() + "\n"
                        + ENTRIES.get(2).json() + "\n" + ENTRIES.get(3).json() + "\n");
        AuditLogEntry pretty = TestMessages.entry("{\r\n \"id\" : \"1\",\n\"action\" : \"a\\nb\"\n}");
        assertThat(text(OWN_LINES, pretty)).isEqualTo("{   \"id\" : \"1\", \"action\" : \"a\\nb\" }\n");
    }

    @Test
    void nothingIsNothing() {
        assertThat(text(OWN_LINES, List.of())).isEmpty();
        assertThat(text(Golden.ecs.transformer, List.of())).isEqualTo("[]");
        JsonNode request = TestMessages.json(text(Golden.otlp.transformer, List.of()));
        assertThat(request.at("/resourceLogs/0/scopeLogs/0/logRecords")).isEmpty();
        assertThat(OtlpTable.violations(request)).isEmpty();
    }

    @Test
    void theContentTypeSaysWhatItIs() {
        assertThat(contentType(Golden.cloudevents.transformer, ENTRIES.get(0)))
                .isEqualTo("application/cloudevents+json");
        assertThat(contentType(Golden.cloudevents.transformer, ENTRIES))
                .isEqualTo("application/cloudevents-batch+json");
        assertThat(contentType(Golden.otlp.transformer, ENTRIES)).isEqualTo("application/json");
        assertThat(contentType(ECS_LINES, ENTRIES)).isEqualTo("application/x-ndjson");
    }

    @Test
    void anotherBodyIsRefusedInWords() {
        assertThatThrownBy(() -> text(ECS_LINES, "text"))
                .hasMessage("The data type gitpod:application-test is not for this message: the body is a"
                        + " java.lang.String; allowed: an audit-log entry, or a list or listing of such");
        assertThatThrownBy(() -> text(Golden.otlp.transformer, (Object) null))
                .hasMessageContaining("the body is null; allowed: an audit-log entry, an event, a gap");
        assertThatThrownBy(() -> text(Golden.ocsf.transformer, List.of(ENTRIES.get(0), 5)))
                .hasMessageContaining("one of the body's items is a java.lang.Integer");
    }

    @Test
    void aListingThatFailsIsNoWholeDocument() {
        Iterator<AuditLogEntry> entries = ENTRIES.iterator();
        Iterable<AuditLogEntry> failing = () -> Stream.generate(entries::next).iterator();
        Message message = TestMessages.transformed(Golden.ecs.transformer, TestMessages.message(failing));

        assertThatThrownBy(() -> ((InputStream) message.getBody()).readAllBytes())
                .isInstanceOf(NoSuchElementException.class);
    }

    /** Camel's conversion to a text asks again: it must not get the entries after the broken place, nor another failure. */
    @ParameterizedTest
    @EnumSource
    void aListingThatFailedStaysFailed(Golden form) {
        Iterable<Object> broken =
                () -> List.<Object>of(ENTRIES.get(0), 5, ENTRIES.get(1)).iterator();
        InputStream in = (InputStream) TestMessages.transformed(form.transformer, TestMessages.message(broken))
                .getBody();

        assertThatThrownBy(in::readAllBytes).hasMessageContaining("one of the body's items is a java.lang.Integer");
        assertThatThrownBy(in::readAllBytes).hasMessageContaining("one of the body's items is a java.lang.Integer");
    }

    private static String text(Transformer transformer, Object body) {
        return TestMessages.text(TestMessages.transformed(transformer, TestMessages.message(body)));
    }

    private static Object contentType(Transformer transformer, Object body) {
        return TestMessages.transformed(transformer, TestMessages.message(body)).getHeader(Exchange.CONTENT_TYPE);
    }
}
