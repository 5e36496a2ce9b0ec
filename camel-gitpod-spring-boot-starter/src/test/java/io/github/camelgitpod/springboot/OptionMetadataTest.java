package io.github.camelgitpod.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.GitpodComponent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The starter has the component's options, with its words; with {@code -DupdateDocs} the words are taken over. */
@Tag("source-tree")
class OptionMetadataTest {
    private static final Path METADATA = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final String COMMAND =
            "mvn -q test -pl camel-gitpod-spring-boot-starter -am -Dtest=OptionMetadataTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -DupdateDocs";

    @Test
    void eachOptionOfTheComponentIsAProperty() throws IOException {
        Map<String, String> options = component().types();
        Map<String, String> properties =
                new TreeMap<>(Arrays.stream(GitpodComponentConfiguration.class.getDeclaredFields())
                        .filter(field -> !field.isSynthetic())
                        .collect(Collectors.toMap(
                                Field::getName, field -> field.getType().getName())));

        assertThat(properties)
                .as("GitpodComponentConfiguration has more, or less. What it lacks:\n"
                        + options.entrySet().stream()
                                .filter(option -> !properties.containsKey(option.getKey()))
                                .map(option -> OptionMetadata.javaOf(option.getKey(), option.getValue()))
                                .collect(Collectors.joining("\n")))
                .isEqualTo(options);
    }

    @Test
    void editorsAreToldWhatTheComponentSays() throws IOException {
        String metadata = component().toJson();
        if (Boolean.getBoolean("updateDocs")) {
            Files.writeString(METADATA, metadata);
            return;
        }

        assertThat(Files.readString(METADATA))
                .as("The metadata is out of date; rewrite it with: " + COMMAND)
                .isEqualTo(metadata);
    }

    private static OptionMetadata component() throws IOException {
        try (InputStream json =
                GitpodComponent.class.getResourceAsStream("/META-INF/io/github/camelgitpod/gitpod.json")) {
            return OptionMetadata.of(json);
        }
    }
}
