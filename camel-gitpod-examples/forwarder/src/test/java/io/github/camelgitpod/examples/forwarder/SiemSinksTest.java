package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.examples.siem.Arrivals;
import io.github.camelgitpod.examples.siem.HttpSink;
import io.github.camelgitpod.examples.siem.Splunk;
import io.github.camelgitpod.examples.siem.SyslogServer;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Each sink of the example siem-sinks by the forwarder's own settings: the check finds it, and an export brings every entry. */
@Timeout(60)
class SiemSinksTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension(GitpodSimulator.builder());

    @TempDir
    Path directory;

    private final Arrivals arrivals = new Arrivals();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void hec() throws Exception {
        Splunk splunk = new Splunk();
        try (HttpSink port = new HttpSink(splunk::take)) {
            environment.putAll(Map.of("FORWARDER_HEC_URL", port.url(), "FORWARDER_HEC_TOKEN", Splunk.TOKEN));
            environment.put("FORWARDER_SINK_PAUSE", "5");
            checkAndExport("hec", "it takes the token, and acknowledges");
        }
        assertThat(splunk.indexed().ids()).isEqualTo(ids());
    }

    @Test
    void otlp() throws Exception {
        try (HttpSink collector = new HttpSink(request -> {
            arrivals.add(JSON.readTree(request.body()).findValues("attributes").stream()
                    .flatMap(attributes -> children(attributes)
                            .filter(attribute -> attribute.path("key").asText().equals("log.record.uid"))
                            .map(attribute -> attribute.at("/value/stringValue").asText()))
                    .toList());
            return new HttpSink.Answer(request.path().equals("/v1/logs") ? 200 : 404, "{}");
        })) {
            environment.put("FORWARDER_OTLP_URL", collector.url());
            checkAndExport("otlp", "the collector takes logs");
        }
        assertThat(arrivals.ids()).isEqualTo(ids());
    }

    @ParameterizedTest
    @CsvSource({
        "201,",
        "403, OpenSearch answered 403 for a document: {\"type\":\"because\"}",
        "400, 'entries were refused for good, see DIR'",
    })
    void opensearch(int status, String failure) throws Exception {
        String item = "{\"create\":{\"status\":" + status + ",\"error\":{\"type\":\"because\"}}}";
        Path refused = directory.resolve("refused/refused.ndjson");
        try (HttpSink node = new HttpSink(request -> {
            if (!request.path().equals("/gitpod-audit-log/_bulk")) {
                return new HttpSink.Answer(404, "");
            }
            List<String> created = request.body()
                    .lines()
                    .map(SiemSinksTest::json)
                    .filter(line -> line.has("create"))
                    .map(line -> line.at("/create/_id").asText())
                    .toList();
            arrivals.add(created);
            return new HttpSink.Answer(
                    200,
                    created.stream()
                            .map(id -> item)
                            .collect(Collectors.joining(",", "{\"errors\":false,\"items\":[", "]}")));
        })) {
            environment.put("FORWARDER_OPENSEARCH_URL", node.url());
            check("opensearch", "it is there; the index gitpod-audit-log is not, and will be made");
            Settings settings = Settings.read(null, environment, Map.of("from", "2024-01-01", "to", "2024-02-01"));
            try (Run run = new Run(settings, Run.ONCE, entry -> {})) {
                assertThat(run.export()).isEqualTo(failure == null);
                assertThat(run.refusal() == null ? null : run.refusal().getMessage())
                        .isEqualTo(
                                failure == null
                                        ? null
                                        : failure.replace(
                                                "DIR", refused.getParent().toString()));
            }
        }
        if (failure == null) {
            assertThat(arrivals.ids()).isEqualTo(ids());
        }
        assertThat(Files.exists(refused)).as("set aside").isEqualTo(status == 400);
    }

    @Test
    void syslog() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("syslog", certificate.certificate());
        Path truststore = directory.resolve("server.p12");
        try (OutputStream file = Files.newOutputStream(truststore)) {
            trusted.store(file, "not-a-secret".toCharArray());
        }
        try (SyslogServer server = new SyslogServer(tls.sslContext(), 0, Integer.MAX_VALUE, arrivals)) {
            environment.put("FORWARDER_SYSLOG_HOST", "localhost");
            environment.put("FORWARDER_SYSLOG_PORT", Integer.toString(server.port()));
            environment.put("FORWARDER_SYSLOG_TRUSTSTORE", truststore.toUri().toString());
            environment.put("FORWARDER_SYSLOG_TRUSTSTORE_PASSWORD", "not-a-secret");
            checkAndExport("syslog", "it takes connections over TLS; syslog does not tell more");
            // Without acknowledgements, the server may still be reading.
            await().atMost(ONE_MINUTE).until(() -> arrivals.ids().equals(ids()));
        }
    }

    private void checkAndExport(String sink, String finding) {
        CommandLine line = check(sink, finding);
        assertThat(line.execute("--once", "--from", "2024-01-01", "--to", "2024-02-01"))
                .isZero();
    }

    private CommandLine check(String sink, String finding) {
        GitpodSimulator gitpod = extension.simulator();
        for (int i = 0; i < 120; i++) {
            gitpod.auditLog().add(Entry.at(Instant.parse("2024-01-15T00:00:00Z").plusSeconds(i)));
        }
        environment.put("FORWARDER_SINK", sink);
        environment.put("FORWARDER_GITPOD_BASE_URL", gitpod.baseUrl());
        environment.put("FORWARDER_GITPOD_ACCESS_TOKEN", gitpod.accessToken());
        environment.put("FORWARDER_STATE_DIRECTORY", directory.resolve("state").toString());
        environment.put(
                "FORWARDER_OPENSEARCH_REFUSED", directory.resolve("refused").toString());
        StringWriter said = new StringWriter();
        CommandLine line = Forwarder.commandLine(environment);
        line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));

        assertThat(line.execute("--check")).as(said.toString()).isZero();
        assertThat(said.toString()).contains("ok     the sink " + sink + ": " + finding);
        return line;
    }

    private Set<String> ids() {
        return Set.copyOf(extension.simulator().auditLog().ids());
    }

    private static Stream<JsonNode> children(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get);
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }
}
