package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.client.ListedResource;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePageParserTest {

    @Test
    void environmentsAndProjectsHaveTheirCreatorInTheMetadata() throws Exception {
        ResourcePage page = parse(
                ResourceListing.ENVIRONMENTS,
                "{\"environments\":[{\"id\":\"e\",\"metadata\":{\"creator\":{\"id\":\"c\"}},\"new\":[1]},{\"id\":\"f\"}],"
                        + "\"pagination\":{\"nextToken\":\"next\",\"new\":1}}");

        assertThat(page.resources()).extracting(ListedResource::id).containsExactly("e", "f");
        assertThat(page.resources()).extracting(ListedResource::creatorId).containsExactly("c", null);
        assertThat(page.nextToken()).isEqualTo("next");
    }

    @Test
    void runnersHaveAnIdOfTheirOwnName() throws Exception {
        ResourcePage page =
                parse(ResourceListing.RUNNERS, "{\"runners\":[{\"runnerId\":\"r\",\"creator\":{\"id\":\"c\"}}]}");

        assertThat(page.resources()).extracting(ListedResource::id).containsExactly("r");
        assertThat(page.resources()).extracting(ListedResource::creatorId).containsExactly("c");
        assertThat(page.nextToken()).isNull();
    }

    @Test
    void anEmptyAnswerIsAnEmptyPage() throws Exception {
        ResourcePage page = parse(ResourceListing.PROJECTS, "{}");

        assertThat(page.resources()).isEmpty();
        assertThat(page.nextToken()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"p\",\"metadata\":{\"name\":\"other\",\"updatedAt\":\"2026-01-01T00:00:00Z\"},\"n\":1}",
                "{\"id\":\"p\",\"metadata\":{\"name\":\"a\",\"updatedAt\":\"2026-01-01T00:00:00.000001Z\"},\"n\":1}",
                "{\"id\":\"p\",\"metadata\":{\"name\":\"a\",\"updatedAt\":\"2026-01-01T00:00:00Z\"},\"n\":1,\"unknown\":true}"
            })
    void anyChangeChangesTheVersion(String changed) throws Exception {
        String original = "{\"id\":\"p\",\"metadata\":{\"name\":\"a\",\"updatedAt\":\"2026-01-01T00:00:00Z\"},\"n\":1}";

        assertThat(versionOf(changed)).isNotEqualTo(versionOf(original)).hasSize(11);
    }

    @Test
    void whiteSpaceAndTheOrderOfFieldsAreNoChange() throws Exception {
        assertThat(versionOf("{\"id\":\"p\",\"metadata\":{\"name\":\"a\",\"updatedAt\":\"x\"}}"))
                .isEqualTo(versionOf("{ \"metadata\": {\"updatedAt\":\"x\", \"name\":\"a\"}, \"id\": \"p\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "<html>",
                "",
                "{\"code\":\"unavailable\"}",
                "{\"error\":{}}",
                "{\"runners\":[]}",
                "{\"projects\":{}}",
                "{\"projects\":\"none\"}",
                "{\"projects\":[1]}",
                "{\"projects\":[{}]}",
                "{\"projects\":[{\"id\":\"p\"},{\"id\":\"\"}]}",
                "{\"projects\":[{\"id\":7}]}",
                "{\"projects\":[],\"more\":1}",
                "{\"pagination\":[]}",
                "{\"pagination\":{\"nextToken\":7}}",
                "{} {}",
                "{}garbage"
            })
    void anythingElseIsNoPage(String body) {
        assertThatThrownBy(() -> parse(ResourceListing.PROJECTS, body))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The answer is not a page of projects: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"projects":"none"}           | its field projects is a string, not an array
                    {"projects":[1]}              | one of its resources is a number, not an object
                    {"projects":[{"name":"a"}]}   | one of its resources has no id
                    {"pagination":[]}             | its field pagination is an array, not an object
                    {"pagination":{"nextToken":7}} | its field nextToken is a number, not a string
                    {"runners":[]}                | its field runners is not one of such a page
                    """)
    void theErrorSaysInWordsWhatIsWrong(String body, String problem) {
        assertThatThrownBy(() -> parse(ResourceListing.PROJECTS, body))
                .hasMessage("The answer is not a page of projects: " + problem);
    }

    @Test
    void anotherEncodingIsNoPage() {
        assertThatThrownBy(() -> ResourcePageParser.parse(
                        ResourceListing.PROJECTS, "{\"projects\":[]}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(IOException.class);
    }

    private static String versionOf(String project) throws IOException {
        return parse(ResourceListing.PROJECTS, "{\"projects\":[" + project + "]}")
                .resources()
                .get(0)
                .version();
    }

    private static ResourcePage parse(ResourceListing listing, String body) throws IOException {
        return ResourcePageParser.parse(listing, body.getBytes(StandardCharsets.UTF_8));
    }
}
