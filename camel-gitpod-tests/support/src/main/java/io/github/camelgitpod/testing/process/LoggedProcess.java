package io.github.camelgitpod.testing.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One life of a process, from its start to its end, and what it printed. */
public final class LoggedProcess implements AutoCloseable {
    /** The exit status of one that was killed: 128 and the number of the signal. */
    public static final int KILLED = 137;

    private final Process process;
    private final Path log;

    private LoggedProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log what it prints is appended to it */
    public static LoggedProcess start(ProcessBuilder builder, Path log) throws IOException {
        return new LoggedProcess(
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                log);
    }

    public long pid() {
        return process.pid();
    }

    /** Fails with its log if it ended by itself. */
    public void assertRuns() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("The process ended by itself: " + log());
        }
    }

    /** Lets it run on for a while; fails if it ends by itself. */
    public void letRun(int millis) throws IOException, InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        assertRuns();
    }

    /**
     * Ends it by SIGKILL: no shutdown hook, no finally, nothing flushed.
     *
     * @return its exit status, {@link #KILLED} if nothing else had ended it
     */
    public int kill() {
        return process.destroyForcibly().onExit().join().exitValue();
    }

    /** By SIGSTOP: it is as if it slept. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** It wakes up, and knows nothing of it. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(name + " could not be sent, the process ended: " + log());
        }
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
