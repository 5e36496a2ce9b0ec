package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a setting is said with its name, its value, and what is allowed. */
class SettingsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FORWARDER_SINK | ftp | sink=ftp; allowed: file, http, kafka, syslog, otlp, hec or opensearch",
                "FORWARDER_FORM | cef | form=cef; allowed: own, ecs, ocsf, otlp or cloudevents",
                "FORWARDER_HEALTH_PORT | eighty | health.port=eighty; allowed: a port, or 0 for none",
                "FORWARDER_SINKS | file | FORWARDER_SINKS is no setting; forwarder --help lists them",
                "FORWARDER_SINK | http | http.url is missing, for sink=http; allowed: Where pages of entries are POSTed",
                "FORWARDER_GITPOD_ACCESS_TOKEN | canary{{y}} | gitpod.accessToken: not allowed in it: {{, which Camel takes for the name of a property",
                "FORWARDER_STATE_URL | mysql://u:canary@db | state.url=...; allowed: a JDBC URL, such as jdbc:postgresql://db.example.com/audit",
                "FORWARDER_INCLUDE_DETAILS | yes | includeDetails=yes; allowed: false, true or all",
            })
    void aWrongSettingIsNamed(String variable, String value, String message) {
        assertThatThrownBy(() -> Settings.read(null, Map.of(variable, value), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() ->
                        Settings.read(null, Map.of("FORWARDER_SINK", "hec", "FORWARDER_SINK_PAUSE", "x"), Map.of()))
                .hasMessageContainingAll("hec.url is missing", "hec.token is missing", "sink.pause=x; allowed");
    }

    @Test
    void eachSinkHasItsForms() {
        assertThatThrownBy(
                        () -> Settings.read(null, Map.of("FORWARDER_SINK", "otlp", "FORWARDER_FORM", "ecs"), Map.of()))
                .hasMessage("form=ecs; allowed for sink=otlp: otlp");
        assertThat(Settings.read(null, Map.of("FORWARDER_SINK", "kafka"), Map.of())
                        .get("form"))
                .isEqualTo("cloudevents");
    }

    @Test
    void theCommandLineCountsMoreThanTheEnvironmentAndThatMoreThanTheFile() throws Exception {
        Path file = Files.writeString(
                directory.resolve("forwarder.properties"), "from = 1h\nto = 2026-01-01\nkinds = resource_change \n");
        Map<String, String> environment = new HashMap<>(Map.of("FORWARDER_FROM", "2h", "FORWARDER_TO", "2026-02-01"));
        Settings settings = Settings.read(file, environment, Map.of("to", "2026-03-01"));
        assertThat(settings.properties())
                .containsEntry(Settings.SOURCE + "from", "2h")
                .containsEntry(Settings.SOURCE + "to", "2026-03-01")
                .containsEntry(Settings.SOURCE + "kinds", "resource_change");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Settings.read(directory.resolve("none"), Map.of(), Map.of()))
                .hasMessageContaining("--config=" + directory.resolve("none") + "; allowed: a file of properties");
    }

    @Test
    void aClusterNeedsAPlaceThatItsMembersShare() {
        Map<String, String> environment = new HashMap<>(Map.of("FORWARDER_CLUSTER", "kubernetes"));
        assertThatThrownBy(() -> Settings.read(null, environment, Map.of()))
                .hasMessage("cluster=kubernetes; allowed: with state.url, a database that all of them share");
        environment.put("FORWARDER_STATE_URL", "jdbc:postgresql://localhost/audit");
        environment.put("FORWARDER_NAME", "Acme & Co");
        assertThatThrownBy(() -> Settings.read(null, environment, Map.of()))
                .hasMessage("name=Acme & Co; allowed: small letters, digits and hyphens");
        environment.put("FORWARDER_NAME", "acme");
        assertThat(Settings.read(null, environment, Map.of()).properties())
                .containsEntry(Settings.SOURCE + "stateKey", "acme");
    }

    @Test
    void aTokenComesFromOnePlace() {
        assertThatThrownBy(() -> Settings.read(
                        null,
                        Map.of("FORWARDER_GITPOD_ACCESS_TOKEN", "canary", "FORWARDER_GITPOD_ACCESS_TOKEN_FILE", "/x"),
                        Map.of()))
                .hasMessage("gitpod.accessTokenFile and gitpod.accessToken; allowed: one of them");
    }

    @Test
    void helpListsThem() {
        assertThat(Settings.help()).contains("hec.questions", "Default: 120", "gitpod.accessToken");
        assertThat(Settings.help().lines())
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.matches(" {31}\\S.*"));
    }
}
