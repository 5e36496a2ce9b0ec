package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.spi.StateRepository;
import org.junit.jupiter.api.Test;

/** What each repository keeps that several machines share. */
public abstract class StateRepositoryContract {
    protected static final String KEY = "audit/auditLogs";

    private static final int WRITERS = 4;

    /** A new one for the same states, started, as another process has it. */
    protected abstract StateRepository<String, String> repository();

    /** What it is kept in, as messages name it. */
    protected abstract String place();

    /** How often several writers begin at once. */
    protected int rounds() {
        return 25;
    }

    @Test
    void whatWasSavedIsReadByAnotherInstance() {
        String large = "ä→".repeat(500_000);
        StateRepository<String, String> first = repository();
        assertThat(first.getState(KEY)).isNull();
        first.setState(KEY, "1");
        first.setState(KEY, large);
        first.setState("another", "x");

        StateRepository<String, String> second = repository();
        assertThat(second.getState(KEY)).isEqualTo(large);
        assertThat(second.getState("another")).isEqualTo("x");
    }

    @Test
    void aStaleWriterCannotOverwriteANewerState() {
        StateRepository<String, String> stale = repository();
        stale.setState(KEY, "1");
        StateRepository<String, String> owner = repository();
        owner.getState(KEY);
        owner.setState(KEY, "2");
        owner.setState(KEY, "3");

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> stale.setState(KEY, "stale"))
                    .isInstanceOf(OvertakenException.class)
                    .hasMessageContaining(KEY)
                    .hasMessageContaining(place())
                    .hasMessageContaining("is of generation 3")
                    .hasMessageContaining("knows generation 1")
                    .hasMessageContaining("another instance owns the cursor now");
        }
        assertThat(owner.getState(KEY)).isEqualTo("3");

        assertThat(stale.getState(KEY)).isEqualTo("3");
        stale.setState(KEY, "4");
        assertThatThrownBy(() -> owner.setState(KEY, "stale")).hasMessageContaining("knows generation 3");
    }

    @Test
    void ofTwoThatFoundNothingTheFirstToSaveGoesOn() {
        StateRepository<String, String> first = repository();
        StateRepository<String, String> second = repository();
        assertThat(first.getState(KEY)).isNull();
        assertThat(second.getState(KEY)).isNull();
        first.setState(KEY, "1");

        assertThatThrownBy(() -> second.setState(KEY, "also 1"))
                .isInstanceOf(OvertakenException.class)
                .hasMessageContaining("is of generation 1")
                .hasMessageContaining("knows generation 0");
        first.setState(KEY, "2");
    }

    @Test
    void ofManyWritersExactlyOneWinsEachGeneration() throws Exception {
        repository().setState(KEY, "start");
        CyclicBarrier together = new CyclicBarrier(WRITERS);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "writer " + writer;
                tasks.add(() -> won(name, together));
            }
            int won = 0;
            for (Future<Integer> result : threads.invokeAll(tasks)) {
                won += result.get();
            }
            assertThat(won).isEqualTo(rounds());
        } finally {
            threads.shutdownNow();
        }
    }

    private int won(String name, CyclicBarrier together) throws Exception {
        StateRepository<String, String> repository = repository();
        int won = 0;
        for (int round = 0; round < rounds(); round++) {
            repository.getState(KEY);
            together.await();
            try {
                repository.setState(KEY, name + " in round " + round);
                won++;
            } catch (OvertakenException e) {
                assertThat(e).hasMessageContaining("another instance owns");
            }
            together.await();
        }
        return won;
    }

    /** A key may hold any characters, also those that have no encoding. */
    @Test
    void eachKeyIsAnother() {
        List<String> keys = List.of(
                "", " ", "a\0b", "a=b\n", "a\ud800", "a\udfff", "a?", "../a", "ä".repeat(2000), "ä".repeat(2001));
        StateRepository<String, String> first = repository();
        keys.forEach(key -> first.setState(key, "state of " + keys.indexOf(key)));

        StateRepository<String, String> second = repository();
        assertThat(keys).allSatisfy(key -> assertThat(second.getState(key)).isEqualTo("state of " + keys.indexOf(key)));
    }
}
