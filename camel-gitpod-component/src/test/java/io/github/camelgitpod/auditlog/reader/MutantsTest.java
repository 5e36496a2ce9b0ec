package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.testing.MutantLoader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
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
    private static final int HISTORIES = 400;
    /** So many have to show it, and none is looked at after these: where one in all did, a change elsewhere could leave none. */
    private static final int ENOUGH = 5;

    private static final QuietLog QUIET = new QuietLog();
    /** By campaign: how many of its histories were shown to have no fault without a change. */
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

        BitSet faulty = faulty(mutant.campaign(), 0, HISTORIES, load(mutant.className(), changed));
        System.out.printf("%s: in %d of %d histories%n", mutant, faulty.cardinality(), faulty.length());
        assertThat(faulty.cardinality())
                .as("histories that have faults with the change")
                .isEqualTo(ENOUGH);
        assertThat(control(mutant.campaign(), faulty.length()))
                .as("those that have faults without a change")
                .isEqualTo(new BitSet());
    }

    /** Otherwise a mutant that does not even link would pass for one that was caught. */
    @Test
    void aClassThatDoesNotFitIsNoMutantThatWasCaught() {
        String withoutMembers = "package io.github.camelgitpod.auditlog.reader; final class LatenessMeter {}";

        assertThatThrownBy(() -> faulty("crashes", 0, 1, load("LatenessMeter", withoutMembers)))
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

    /** What so many histories find in the sources as they are, compiled and loaded as a mutant is. */
    private static BitSet control(String campaign, int histories) throws Throwable {
        if (unchanged == null) {
            unchanged = load("AuditLogReader", source("AuditLogReader"));
        }
        int done = CONTROLS.getOrDefault(campaign, 0);
        CONTROLS.put(campaign, Math.max(done, histories));
        return faulty(campaign, done, histories, unchanged);
    }

    private static Method load(String className, String source) throws ReflectiveOperationException, IOException {
        Method faulty = new MutantLoader(PACKAGES, className, source)
                .loadClass(Campaigns.class.getName())
                .getDeclaredMethod("faulty", String.class, int.class, int.class, int.class);
        faulty.setAccessible(true);
        return faulty;
    }

    private static BitSet faulty(String campaign, int first, int end, Method faulty) throws Throwable {
        try {
            return (BitSet) faulty.invoke(null, campaign, first, end, ENOUGH);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
