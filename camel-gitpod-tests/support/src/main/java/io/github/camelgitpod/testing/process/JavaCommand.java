package io.github.camelgitpod.testing.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a JVM is started that has the class path of this one. */
public final class JavaCommand {
    private JavaCommand() {}

    /** @param jvmOptions such as {@code -Xmx64m} */
    public static ProcessBuilder of(List<String> jvmOptions, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /**
     * One that starts quickly and needs little, at the cost of its speed.
     *
     * @param maxHeap such as {@code 64m}
     * @param properties such as {@code from=now}
     */
    public static ProcessBuilder small(String maxHeap, List<String> properties, Class<?> main, String... arguments) {
        List<String> options = new ArrayList<>(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx" + maxHeap));
        properties.forEach(property -> options.add("-D" + property));
        return of(options, main, arguments);
    }
}
