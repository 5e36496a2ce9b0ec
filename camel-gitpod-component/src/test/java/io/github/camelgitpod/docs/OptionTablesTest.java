package io.github.camelgitpod.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The component's page says what the sources say; with {@code -DupdateDocs} it is made to. */
@Tag("source-tree")
class OptionTablesTest {
    private static final Path JSON = Path.of("src/generated/resources/META-INF/io/github/camelgitpod/gitpod.json");
    private static final Path PAGE = Path.of("../src-docs/modules/ROOT/pages/gitpod-component.adoc");
    private static final String COMMAND = "mvn -q test -pl camel-gitpod-component -am -Dtest=OptionTablesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -DupdateDocs";

    @Test
    void thePageShowsTheOptionsAndHeadersOfTheComponent() throws IOException {
        String page = Files.readString(PAGE);
        String updated = OptionTables.of(JSON).update(page);
        if (Boolean.getBoolean("updateDocs")) {
            Files.writeString(PAGE, updated);
            return;
        }

        assertThat(page)
                .as("The tables are out of date; rewrite them with: " + COMMAND)
                .isEqualTo(updated);
    }

    @Test
    void aPageWithoutAPlaceForATableIsRefused() {
        assertThatThrownBy(() -> OptionTables.of(JSON).update("= Gitpod\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("componentProperties");
    }
}
