package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.camelgitpod.transform.TestMessages.Golden;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The official protobuf classes, which refuse unknown names, read every request, and hold what the entries tell. */
class OtlpDecodedTest {

    @Test
    void aRequestOfAllEntries() throws InvalidProtocolBufferException {
        ExportLogsServiceRequest request = decoded(Golden.otlp
                .of(GoldenFormsTest.CASES.stream().map(GoldenFormsTest::entry).toList())
                .toString());

        List<LogRecord> records = request.getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
        assertThat(records).hasSize(GoldenFormsTest.CASES.size());
        LogRecord hostile = records.get(GoldenFormsTest.CASES.indexOf("hostile"));
        assertThat(hostile.getTimeUnixNano()).isEqualTo(1772323199999999999L);
        assertThat(hostile.getBody().getStringValue())
                .isEqualTo(GoldenFormsTest.entry("hostile").action());
        assertThat(attributes(hostile))
                .containsEntry(
                        "log.record.uid", GoldenFormsTest.entry("hostile").id())
                .containsEntry(
                        "log.record.original",
                        GoldenFormsTest.entry("hostile").json().toString());
        assertThat(records.get(GoldenFormsTest.CASES.indexOf("veto")).getSeverityNumber())
                .isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
        // And survives the binary form.
        assertThat(ExportLogsServiceRequest.parseFrom(request.toByteString())).isEqualTo(request);
    }

    @Test
    void eventsAndGaps() throws InvalidProtocolBufferException {
        ExportLogsServiceRequest request =
                decoded(Golden.otlp.of(EventFormsTest.ALL).toString());

        List<LogRecord> records = request.getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
        assertThat(records).hasSize(EventFormsTest.ALL.size());
        assertThat(ExportLogsServiceRequest.parseFrom(request.toByteString())).isEqualTo(request);
    }

    @Test
    void aMisspeltNameWouldBeRefused() {
        String request = Golden.otlp.of(GoldenFormsTest.entry("veto")).toString();

        assertThatThrownBy(() -> decoded(request.replace("severityNumber", "severity_nr")))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    private static ExportLogsServiceRequest decoded(String json) throws InvalidProtocolBufferException {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        JsonFormat.parser().merge(json, request);
        return request.build();
    }

    private static Map<String, String> attributes(LogRecord record) {
        return record.getAttributesList().stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
    }
}
