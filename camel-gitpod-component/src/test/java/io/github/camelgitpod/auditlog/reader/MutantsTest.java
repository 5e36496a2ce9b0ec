package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.testing.MutantLoader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that {@link NothingIsLostTest} can fail: each part of the algorithm is taken out or turned round, and a campaign
 * must notice it. Without the change, but compiled and loaded in the same way, the campaign must find nothing.
 */
@Tag("source-tree")
@Tag("T1")
class MutantsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/github/camelgitpod");
    private static final List<String> PACKAGES =
            List.of("io.github.camelgitpod.auditlog.", "io.github.camelgitpod.state.");
    private static final int HISTORIES = 200;
    private static final QuietLog QUIET = new QuietLog();
    private static final Map<String, Integer> CONTROLS = new HashMap<>();
    private static Method unchanged;

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
        return Stream.of(
                        Mutants.ofTheCursor(),
                        Mutants.ofWalksAndSweeps(),
                        Mutants.ofReadingAhead(),
                        Mutants.ofClocks(),
                        Mutants.ofRivals(),
                        Mutants.ofParts())
                .flatMap(mutants -> mutants);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws Throwable {
        String source = source(mutant.className());
        assertThat(source).as("the place to change").containsOnlyOnce(mutant.original());
        String changed = source.replace(mutant.original(), mutant.changed());

        assertThat(control(mutant.campaign())).as("faults without a change").isZero();
        assertThat(faults(mutant.campaign(), load(mutant.className(), changed)))
                .as("faults with the change")
                .isPositive();
    }

    /** Otherwise a mutant that does not even link would pass for one that was caught. */
    @Test
    void aClassThatDoesNotFitIsNoMutantThatWasCaught() {
        String withoutMembers = "package io.github.camelgitpod.auditlog.reader; final class LatenessMeter {}";

        assertThatThrownBy(() -> faults("crashes", load("LatenessMeter", withoutMembers)))
                .isInstanceOf(LinkageError.class);
    }

    private static String source(String className) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Path file = files.filter(path -> path.endsWith(className + ".java"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file);
        }
    }

    /** What a campaign finds in the sources as they are, compiled and loaded as a mutant is. */
    private static int control(String campaign) throws Throwable {
        if (unchanged == null) {
            unchanged = load("AuditLogReader", source("AuditLogReader"));
        }
        if (!CONTROLS.containsKey(campaign)) {
            CONTROLS.put(campaign, faults(campaign, unchanged));
        }
        return CONTROLS.get(campaign);
    }

    private static Method load(String className, String source) throws ReflectiveOperationException, IOException {
        Method faults = new MutantLoader(PACKAGES, className, source)
                .loadClass(Campaigns.class.getName())
                .getDeclaredMethod("faults", String.class, int.class);
        faults.setAccessible(true);
        return faults;
    }

    private static int faults(String campaign, Method faults) throws Throwable {
        try {
            return (int) faults.invoke(null, campaign, HISTORIES);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AssertionError) {
                // A campaign's server throws it at a reader that would never come to an end.
                return 1;
            }
            throw e.getCause();
        }
    }
}
