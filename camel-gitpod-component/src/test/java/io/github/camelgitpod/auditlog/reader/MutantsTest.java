package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves the proof: each part of the algorithm, taken out or turned round, is missed by a campaign of
 * {@link NothingIsLostTest}. The first eight are those of mutants.py.
 */
@Tag("source-tree")
@Tag("T1")
class MutantsTest {
    private static final int HISTORIES = 200;
    private static final QuietLog QUIET = new QuietLog();

    /** A class with one place changed, and the campaign that must notice it. */
    record Mutant(String name, String campaign, String className, String original, String changed) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void quiet() {
        QUIET.begin();
    }

    @AfterAll
    static void loud() {
        QUIET.end();
    }

    static Stream<Mutant> mutants() {
        return Stream.of(Mutants.ofTheModel(), Mutants.more(), Mutants.ofReadingAhead())
                .flatMap(mutants -> mutants);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws Exception {
        Path file = Path.of("src/main/java/io/github/camelgitpod/auditlog", mutant.className() + ".java");
        String source = Files.readString(file);
        assertThat(source).as("the place to change").contains(mutant.original());
        MutantLoader loader = new MutantLoader(mutant.className(), source.replace(mutant.original(), mutant.changed()));
        Method faults =
                loader.loadClass(Campaigns.class.getName()).getDeclaredMethod("faults", String.class, int.class);
        faults.setAccessible(true);

        assertThat(Campaigns.faults(mutant.campaign(), HISTORIES))
                .as("unchanged")
                .isZero();
        assertThat(caught(faults, mutant)).as("faults seen").isPositive();
    }

    /** One that runs for ever, or breaks, is caught as well as one that loses something. */
    private static int caught(Method faults, Mutant mutant) throws IllegalAccessException {
        try {
            return (int) faults.invoke(null, mutant.campaign(), HISTORIES);
        } catch (InvocationTargetException e) {
            return 1;
        }
    }
}
