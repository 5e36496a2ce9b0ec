package io.github.camelgitpod.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.PublicApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The public classes are those of one list: on the page, which {@code -DupdateDocs} writes, and in what japicmp compares. */
@Tag("source-tree")
class ApiTableTest {
    private static final Path PAGE = Path.of("../src-docs/modules/ROOT/pages/api-policy.adoc");
    private static final String COMMAND = "mvn -q test -pl camel-gitpod-component -am -Dtest=ApiTableTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -DupdateDocs";
    private static final String BASE = "io.github.camelgitpod";

    @Test
    void thePageListsThePublicClasses() throws IOException {
        String page = Files.readString(PAGE);
        String updated = ApiTable.update(page);
        if (Boolean.getBoolean("updateDocs")) {
            Files.writeString(PAGE, updated);
            return;
        }

        assertThat(page)
                .as("The list is out of date; rewrite it with: " + COMMAND)
                .isEqualTo(updated);
    }

    @Test
    void allOfThemAreComparedWithTheLastRelease() throws IOException {
        List<String> compared = Pattern.compile("<include>([\\w.]+)</include>")
                .matcher(profileApi())
                .results()
                .map(include -> include.group(1))
                .toList();

        assertThat(PublicApi.names()).allSatisfy(name -> assertThat(compared)
                .containsAnyOf(BASE + "." + name, (BASE + "." + name).replaceFirst("\\.\\w+$", "")));
    }

    private static String profileApi() throws IOException {
        MatchResult profile = Pattern.compile("(?s)<id>api</id>.*?</profile>")
                .matcher(Files.readString(Path.of("../pom.xml")))
                .results()
                .findFirst()
                .orElseThrow();
        return profile.group();
    }
}
