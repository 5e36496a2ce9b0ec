package io.github.camelgitpod.examples.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.camelgitpod.examples.siem.HttpSink.Answer;
import io.github.camelgitpod.examples.siem.HttpSink.Request;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A collector that reads with the official classes, which refuse unknown names; it is away, answers into the void, and rejects records. */
class OtlpTest {
    private static final int REJECTED = 3;

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().history(1_000));

    @TempDir
    Path directory;

    private final Arrivals arrivals = new Arrivals();

    @Test
    void eachEntryIsARecordWhateverHappens() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        Set<String> expected = Set.copyOf(gitpod.auditLog().ids());
        try (HttpSink collector = new HttpSink(this::take)) {
            collector.at("/v1/logs", 3, request -> new Answer(503, ""));
            collector.at("/v1/logs", 5, request -> {
                take(request);
                return null;
            });
            collector.at("/v1/logs", 7, this::rejectSome);
            collector.at("/v1/logs", 9, request -> {
                take(request);
                return answer(ExportLogsPartialSuccess.newBuilder().setErrorMessage("please use gRPC"));
            });

            try (Forwarding route = new Forwarding("otlp", gitpod, directory, Map.of("otlp.url", collector.url()))) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> arrivals.ids().equals(expected));
            }

            assertThat(arrivals.repeated())
                    .as("of the request without an answer, and of the one with rejected records")
                    .isBetween(2L, 200L - REJECTED);
            arrivals.report(
                    "OTLP/HTTP", "503; answer lost; " + REJECTED + " records of a request rejected", expected.size());
        }
    }

    private Answer take(Request request) throws InvalidProtocolBufferException {
        arrivals.add(ids(request));
        return new Answer(200, "{}");
    }

    private Answer rejectSome(Request request) throws InvalidProtocolBufferException {
        List<String> ids = ids(request);
        arrivals.add(ids.subList(0, ids.size() - REJECTED));
        return answer(ExportLogsPartialSuccess.newBuilder()
                .setRejectedLogRecords(REJECTED)
                .setErrorMessage("too old"));
    }

    private static Answer answer(ExportLogsPartialSuccess.Builder partial) throws InvalidProtocolBufferException {
        ExportLogsServiceResponse response = ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(partial)
                .build();
        return new Answer(200, JsonFormat.printer().print(response));
    }

    private static List<String> ids(Request request) throws InvalidProtocolBufferException {
        assertThat(request.path()).isEqualTo("/v1/logs");
        assertThat(request.headers()).containsEntry("content-type", "application/json");
        ExportLogsServiceRequest.Builder logs = ExportLogsServiceRequest.newBuilder();
        JsonFormat.parser().merge(request.body(), logs);
        return logs.getResourceLogs(0).getScopeLogs(0).getLogRecordsList().stream()
                .map(OtlpTest::id)
                .toList();
    }

    private static String id(LogRecord record) {
        return record.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("log.record.uid"))
                .map(KeyValue::getValue)
                .findFirst()
                .orElseThrow()
                .getStringValue();
    }
}
