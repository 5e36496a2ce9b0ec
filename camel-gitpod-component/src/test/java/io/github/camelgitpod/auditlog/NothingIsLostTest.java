package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.AdversarialServer.Tokens;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogEntry;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise against an adversarial server, over random histories (delivery.md 5): nothing that becomes visible within the
 * lookback is lost, and duplicates come from crashes only, at most commitEvery for each. More histories with
 * {@code -Dgitpod.histories=3000}.
 */
class NothingIsLostTest {
    private static final int HISTORIES = Integer.getInteger("gitpod.histories", 300);
    private static final Duration LOOKBACK = Duration.ofSeconds(60);
    private static final int COMMIT_EVERY = 3;

    @ParameterizedTest(name = "{0} tokens, crashes {1}, bad tokens {2}, empty pages {3}, dense {4}")
    @CsvSource({
        "KEYSET,     0,    0,   0,   false",
        "OFFSET,     0,    0,   0,   false",
        "KEYSET,     0,    0.2, 0.2, false",
        "KEYSET,     0.05, 0.2, 0.2, false",
        "OFFSET,     0.05, 0.2, 0.2, false",
        "SKIPS_TIES, 0.05, 0.2, 0.2, false",
        "OFFSET,     0,    0,   0,   true",
        "OFFSET,     0.05, 0.2, 0.2, true",
    })
    void nothingIsLost(Tokens tokens, double crashes, double badTokens, double emptyPages, boolean dense) {
        long entries = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = new History(seed, tokens, dense);
            history.server.badTokens = badTokens;
            history.server.emptyPages = emptyPages;
            history.crashProbability = crashes;
            history.live();
            assertThat(new HashSet<>(history.delivered))
                    .as("delivered in history %s", seed)
                    .containsAll(history.server.ids());
            assertThat(history.duplicates())
                    .as("duplicates after %s crashes in history %s", history.crashes, seed)
                    .isLessThanOrEqualTo((long) COMMIT_EVERY * history.crashes);
            entries += history.server.ids().size();
        }
        assertThat(entries).isGreaterThan(HISTORIES * 10L);
    }

    /** The process died; nothing it had not saved before is there any more. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** One server, one sink, and the processes that come and go between them. */
    private static final class History {
        private static final int MAX_CRASHES = 12;
        private final Random random;
        private final AdversarialServer server;
        private final List<String> delivered = new ArrayList<>();
        private final MemoryStateRepository disk = new MemoryStateRepository();
        private double crashProbability;
        private int crashes;
        private boolean dead;
        private AuditLogReader reader;
        private final Instant end;

        History(long seed, Tokens tokens, boolean dense) {
            random = new Random(seed);
            server = new AdversarialServer(random, tokens);
            int[] steps = dense ? new int[] {0, 0, 0, 1, 2, 9} : new int[] {0, 1, 2, 9};
            long seconds = 0;
            int count = random.nextInt(61);
            for (int i = 0; i < count; i++) {
                seconds += steps[random.nextInt(steps.length)];
                Instant createdAt = AdversarialServer.at(seconds, random.nextInt(3) * 400);
                server.add(createdAt, lateness());
            }
            end = AdversarialServer.at(seconds + 400, 0);
        }

        private Duration lateness() {
            return switch (random.nextInt(5)) {
                case 3 -> Duration.ofSeconds(1);
                case 4 -> Duration.ofSeconds(random.nextInt((int) LOOKBACK.toSeconds() + 1));
                default -> Duration.ZERO;
            };
        }

        void live() {
            start();
            while (server.now.isBefore(end)) {
                server.now = server.now.plusSeconds(7);
                poll();
            }
            server.badTokens = 0;
            server.emptyPages = 0;
            crashProbability = 0;
            for (int i = 0; i < 8; i++) {
                server.now = server.now.plus(LOOKBACK);
                poll();
            }
        }

        private void start() {
            dead = false;
            AuditLogReaderSettings settings = new AuditLogReaderSettings(
                    AuditLogFilter.ALL,
                    StartPosition.BEGINNING,
                    null,
                    LOOKBACK,
                    COMMIT_EVERY,
                    5,
                    FilterChange.Policy.fail,
                    null,
                    Duration.ofDays(1));
            MemoryStateRepository mortal = new MemoryStateRepository() {
                @Override
                public void setState(String key, String value) {
                    if (dead) {
                        throw new Crash();
                    }
                    disk.setState(key, value);
                }

                @Override
                public String getState(String key) {
                    return disk.getState(key);
                }
            };
            reader = new AuditLogReader(server, settings, new CursorStore(mortal, "history", InstantSource.system()));
        }

        private void poll() {
            try {
                reader.poll(this::deliver);
            } catch (Crash e) {
                crashes++;
                start();
            } catch (ApiException e) {
                // a poll that failed; the next one makes good for it
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No progress");
            }
        }

        private boolean deliver(List<AuditLogEntry> entries, Delivery.Receipts receipts) {
            for (AuditLogEntry entry : entries) {
                crashPerhaps();
                delivered.add(entry.id());
                crashPerhaps();
                receipts.confirm(entry);
            }
            return true;
        }

        private void crashPerhaps() {
            if (crashes < MAX_CRASHES && random.nextDouble() < crashProbability) {
                dead = true;
                throw new Crash();
            }
        }

        long duplicates() {
            Set<String> distinct = new HashSet<>(delivered);
            return delivered.size() - (long) distinct.size();
        }
    }
}
