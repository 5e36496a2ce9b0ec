package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the Dockerfile and the unit of systemd name is there. */
@Tag("jar")
@Tag("source-tree")
class PackagingTest {
    private static final Path UNIT = Path.of("gitpod-forwarder.service");
    private static final Path DOCKERFILE = Path.of("Dockerfile");

    @Test
    void theDockerfileCopiesWhatIsBuilt() throws IOException {
        assertThat(matches(DOCKERFILE, "(?m)^COPY (\\S+) "))
                .isNotEmpty()
                .allSatisfy(copied -> assertThat(Path.of(copied)).exists());
    }

    @Test
    void theDockerfileSetsWhatCanBeSet() throws IOException {
        assertThat(matches(DOCKERFILE, "FORWARDER_([A-Z_]+)=")).hasSize(3).allSatisfy(name -> assertThat(
                        Settings.help())
                .containsIgnoringCase(name.equals("STATE_DIRECTORY") ? "stateDirectory" : name.replace('_', '.')));
        assertThat(Files.readString(DOCKERFILE)).contains("USER 10001:10001", "HEALTHCHECK ");
    }

    @Test
    void theUnitUsesOptionsAndStatusesThatThereAre() throws IOException {
        assertThat(matches(UNIT, "(--[a-z]+)"))
                .allSatisfy(option -> assertThat(Forwarder.commandLine(Map.of()).getUsageMessage())
                        .contains(option));
        assertThat(Files.readString(UNIT)).contains("RestartPreventExitStatus=2", "DynamicUser=yes", "LoadCredential=");
    }

    @Test
    void theSettingsOfTwoMachinesAreSettings() {
        Settings settings = Settings.read(Path.of("systemd-pair.properties"), Map.of(), Map.of());
        assertThat(settings.get("state.url")).isNotNull();
    }

    private static List<String> matches(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
