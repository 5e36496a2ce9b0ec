package io.github.camelgitpod.state.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.camelgitpod.state.kafka.KafkaRivals.Outcome;
import io.github.camelgitpod.testing.MutantLoader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * Two owners of one state, each paused at any step of a save: no save is lost, none is made over a newer one. More with
 * {@code -Dgitpod.histories=300}; one failure again with {@code -Dgitpod.seed=<seed> -Dgitpod.histories=1}.
 */
@Tag("T17")
class KafkaRivalsTest {
    private static final int HISTORIES = Integer.getInteger("gitpod.histories", 3);
    private static final long SEED = Long.getLong("gitpod.seed", 0);
    private static final Path SOURCES =
            Path.of("../../camel-gitpod-component/src/main/java/io/github/camelgitpod/state/kafka");

    private static final Logger KAFKA = (Logger) LoggerFactory.getLogger("org.apache.kafka");

    /** A producer that was fenced says so as an error. */
    @BeforeAll
    static void quiet() {
        KAFKA.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        KAFKA.setLevel(null);
    }

    @Test
    void noSaveIsLostAndNoneIsMadeOverANewerOne() {
        Outcome outcome = KafkaRivals.run(SEED, HISTORIES);

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.overtaken()).isGreaterThanOrEqualTo(HISTORIES / 2);
    }

    /** Proves that the histories can fail: each part of the fence is taken out. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no fence: each has an id of its own | "camel-gitpod-state/" + topic + "/" + key | "id " + System.identityHashCode(this)
            compared before it is taken only | Saved newest = decide();compare(newest); | Saved newest = decide();
            """)
    void aFenceThatLacksAPartIsCaught(String name, String original, String changed) throws Throwable {
        String source =
                Files.readString(SOURCES.resolve("FencedState.java")).replaceAll(";\\s+compare\\(", ";compare(");
        assertThat(source).as("the place to change").containsOnlyOnce(original);

        Method faults = new MutantLoader(
                        List.of("io.github.camelgitpod.state.kafka."), "FencedState", source.replace(original, changed))
                .loadClass(KafkaRivals.class.getName())
                .getDeclaredMethod("faults", long.class, int.class);
        faults.setAccessible(true);
        try {
            assertThat((int) faults.invoke(null, 0L, 2)).as("faults").isPositive();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
