package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The options as tools see them. */
class OptionsTest {
    private static final Set<String> COMMON_CONSUMER = Set.of(
            "bridgeErrorHandler",
            "exceptionHandler",
            "exchangePattern",
            "stateRepository",
            "stateDirectory",
            "stateKey");

    @Test
    void everyConsumerOptionIsKnownToBelongToOneResourceOrToBoth() throws IOException {
        Set<String> consumerOptions =
                options(option -> option.path("label").asText().startsWith("consumer"));
        Set<String> known = new TreeSet<>(COMMON_CONSUMER);
        known.addAll(GitpodResource.auditLogs.ownOptions());
        known.addAll(GitpodResource.events.ownOptions());

        assertThat(known).isEqualTo(consumerOptions);
        assertThat(GitpodResource.auditLogs.ownOptions())
                .doesNotContainAnyElementsOf(GitpodResource.events.ownOptions());
    }

    @Test
    void theTokenIsTheOnlySecretAndIsMarked() throws IOException {
        assertThat(options(option -> option.path("secret").asBoolean())).containsExactly("accessToken");
    }

    private static Set<String> options(Predicate<JsonNode> which) throws IOException {
        try (InputStream json = OptionsTest.class.getResourceAsStream("/META-INF/io/github/camelgitpod/gitpod.json")) {
            Set<String> names = new TreeSet<>();
            for (Map.Entry<String, JsonNode> option :
                    new ObjectMapper().readTree(json).get("properties").properties()) {
                if (which.test(option.getValue())) {
                    names.add(option.getKey());
                }
            }
            return names;
        }
    }
}
