package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.camelgitpod.testing.MutantLoader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Proves that the histories of {@link StreamHistoriesTest} with several machines can fail: each rule is broken in its turn. */
@Tag("source-tree")
@Tag("T17")
class StreamMutantsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/github/camelgitpod");
    private static final List<String> PACKAGES =
            List.of("io.github.camelgitpod.event.", "io.github.camelgitpod.state.");
    private static final int HISTORIES = 100;
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.github.camelgitpod");

    private static Level before;

    /** A class with one place changed. */
    record Mutant(String name, String className, String original, String changed) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void quiet() {
        before = LOG.getLevel();
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(before);
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant(
                        "a sleep is not noticed",
                        "event/stream/Sleeps",
                        "return Duration.between(lookedAt, now).compareTo(LATE) >= 0;",
                        "return false;"),
                new Mutant(
                        "the gap of a hand-over is not told",
                        "event/group/StreamPositions",
                        "new Unopened(known, GapReasons.RESTART)",
                        "new Unopened(known, null)"),
                new Mutant(
                        "positions without a fence",
                        "state/PositionStore",
                        "if (fence != null && !lost) {",
                        "if (fence != null && lost) {"),
                new Mutant(
                        "known resources without a fence",
                        "state/StatesBeside",
                        "boolean isOurs = ours.getAsBoolean();",
                        "boolean isOurs = true;"),
                new Mutant(
                        "who has nothing new does not show that it is alive",
                        "state/PositionStore",
                        "fence == null && positions.equals(saved)",
                        "positions.equals(saved)"));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws Throwable {
        String source = Files.readString(SOURCES.resolve(mutant.className() + ".java"));
        assertThat(source).as("the place to change").containsOnlyOnce(mutant.original());

        assertThat(firstFault(mutant.className(), source.replace(mutant.original(), mutant.changed()), HISTORIES))
                .isNotNull();
    }

    /** Otherwise a class that does not even fit would pass for a mutant that was caught. */
    @Test
    void withoutAChangeNothingIsFound() throws Throwable {
        String source = Files.readString(SOURCES.resolve("event/stream/Sleeps.java"));

        assertThat(firstFault("Sleeps", source, 15)).isNull();
    }

    private static String firstFault(String className, String source, int histories) throws Throwable {
        String simpleName = className.substring(className.lastIndexOf('/') + 1);
        Method firstFault = load(simpleName, source).getDeclaredMethod("firstFault", int.class);
        firstFault.setAccessible(true);
        try {
            return (String) firstFault.invoke(null, histories);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Class<?> load(String simpleName, String source) throws ClassNotFoundException, IOException {
        return new MutantLoader(PACKAGES, simpleName, source).loadClass(RivalHistory.class.getName());
    }
}
