package io.github.camelgitpod.state;

import io.github.camelgitpod.client.AuditLogFilter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writes and reads a cursor's text, with so many ids. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CursorCodecBenchmark {
    private static final Instant NOW = Instant.parse("2026-02-18T10:00:00.123456Z");

    /** One while it catches up; 5,000 at 1,000 entries a minute and the default lookback. */
    @Param({"1", "5000"})
    public int ids;

    private CursorState state;
    private String text;

    /** Makes the cursor. */
    @Setup
    public void prepare() {
        Map<String, Instant> delivered = new HashMap<>();
        for (int i = 0; i < ids; i++) {
            delivered.put(String.format("018d0c5e-7c00-7000-8000-%012x", i), NOW.plusMillis(i));
        }
        state = new CursorState(NOW, DeliveredIds.of(delivered), AuditLogFilter.ALL, "MODERN", Origin.UNKNOWN, null);
        text = encode();
    }

    @Benchmark
    public String encode() {
        return CursorCodec.encode(state, NOW, "1@host", 1);
    }

    @Benchmark
    public CursorCodec.Saved decode() {
        return CursorCodec.decode("key", text);
    }
}
