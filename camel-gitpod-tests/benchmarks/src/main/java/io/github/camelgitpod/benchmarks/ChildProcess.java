package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.testing.process.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A JVM with this one's class path, that answers each line it is sent with one line. Ends when this one does. */
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;

    private ChildProcess(Process process) {
        this.process = process;
        this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param jvmOptions such as {@code -Xmx64m} */
    public static ChildProcess start(Class<?> main, String... jvmOptions) {
        return start(main, ProcessBuilder.Redirect.INHERIT, Map.of(), jvmOptions);
    }

    /**
     * Starts one whose errors go elsewhere.
     *
     * @param errors      where its standard error goes
     * @param environment what it has there beside what this process has
     * @param jvmOptions  such as {@code -Xmx64m}
     */
    public static ChildProcess start(
            Class<?> main, ProcessBuilder.Redirect errors, Map<String, String> environment, String... jvmOptions) {
        try {
            ProcessBuilder builder = JavaCommand.of(List.of(jvmOptions), main).redirectError(errors);
            builder.environment().putAll(environment);
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends an order and waits for the answer.
     *
     * @throws IllegalStateException when the process ended instead
     */
    public synchronized String ask(String order) {
        try {
            orders.println(order);
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("The process ended with " + process.waitFor() + " at: " + order);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it by SIGKILL, and waits for that: no shutdown hook, no finally, nothing flushed. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        orders.close();
        process.destroy();
    }
}
