package io.github.camelgitpod.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {
    private static final List<String> KNOWN =
            List.of("stateDirectory", "stateKey", "subjectIds", "subjectTypes", "environmentId", "from", "to");

    @ParameterizedTest
    @CsvSource({
        "subjectId,      subjectIds",
        "subjektTypes,   subjectTypes",
        "bsubjectTypes,  subjectTypes",
        "SUBJECTIDS,     subjectIds",
        "stateDir,       stateDirectory",
        "env,            environmentId",
        "form,           from",
        "fromm,          from",
        "'',             to"
    })
    void theNearestComesFirst(String wrong, String nearest) {
        assertThat(NearestNames.of(wrong, KNOWN).split(", ")).hasSize(3).startsWith(nearest);
    }
}
