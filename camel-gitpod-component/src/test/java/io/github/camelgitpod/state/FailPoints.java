package io.github.camelgitpod.state;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.spi.StateRepository;

/** Lets tests of other packages stop a save of {@link CrashSafeFileStateRepository} between two steps. */
public final class FailPoints {
    private FailPoints() {}

    /** What the steps of a save are called, in order. */
    public static List<String> names() {
        return Stream.of(StateFile.Step.values()).map(Enum::name).toList();
    }

    /** Whether a process comes there with each save, and not with its first ones only. */
    public static boolean isOfEachSave(String name) {
        StateFile.Step step = StateFile.Step.valueOf(name);
        return step == StateFile.Step.BEGUN
                || step == StateFile.Step.APPENDED
                || step == StateFile.Step.APPENDED_FORCED;
    }

    /** @param passed told of each step of each save; while it does not return, the save stays there */
    public static StateRepository<String, String> repository(Path directory, Consumer<String> passed) {
        return new CrashSafeFileStateRepository(directory, step -> passed.accept(step.name()));
    }
}
