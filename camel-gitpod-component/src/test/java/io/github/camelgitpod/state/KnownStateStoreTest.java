package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;

class KnownStateStoreTest {
    private final List<String> writes = new ArrayList<>();
    private boolean full;
    private final MemoryStateRepository repository = new MemoryStateRepository() {
        @Override
        public void setState(String key, String value) {
            if (full) {
                throw new IllegalStateException("the disk is full");
            }
            writes.add(value);
            super.setState(key, value);
        }
    };
    private KnownStateStore store = store("scope");

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(load()).isEqualTo(new KnownState(Set.of(), Map.of()));
    }

    @Test
    void theWholeIsKept() {
        KnownState state = new KnownState(Set.of("T"), Map.of("T", Map.of("a", "1", "b", "2")));

        store.save(state);

        assertThat(store("scope").load("changed", "new")).isEqualTo(state);
    }

    @Test
    void whatChangedSinceIsKeptToo() {
        store.saveChanged("U", List.of("early"));
        assertThat(load().versions()).isEqualTo(Map.of("U", Map.of("early", "new")));

        store.save(new KnownState(Set.of("T"), Map.of("T", Map.of("a", "1", "b", "2"))));
        store.saveChanged("T", List.of("b"));
        store.saveChanged("T", List.of("c"));

        assertThat(load().versions()).isEqualTo(Map.of("T", Map.of("a", "1", "b", "changed", "c", "new")));
        store.save(new KnownState(Set.of("T"), Map.of("T", Map.of("a", "1"))));
        assertThat(load().versions()).isEqualTo(Map.of("T", Map.of("a", "1")));
    }

    @Test
    void aChangeIsWrittenOnce() {
        store.saveChanged("T", List.of("a", "b"));
        store.saveChanged("T", List.of("a"));
        store.saveChanged("T", List.of("b", "a"));

        assertThat(writes).hasSize(1);
    }

    @Test
    void itTellsWhenThereAreMany() {
        for (int i = 0; i < 255; i++) {
            store.saveChanged("T", List.of("id" + i));
        }
        assertThat(store.hasManyChanges()).isFalse();
        store.saveChanged("T", List.of("one more"));

        assertThat(store.hasManyChanges()).isTrue();
        store.save(new KnownState(Set.of(), Map.of()));
        assertThat(store.hasManyChanges()).isFalse();
    }

    @Test
    void theStateOfAnotherScopeIsNotUsed() {
        store.save(new KnownState(Set.of("T"), Map.of("T", Map.of("a", "1"))));
        store.saveChanged("T", List.of("b"));

        assertThat(store("other").load("changed", "new")).isEqualTo(new KnownState(Set.of(), Map.of()));
    }

    @Test
    void whatCannotBeReadIsLearnedAnew() {
        repository.setState("key", "{");

        assertThat(load()).isEqualTo(new KnownState(Set.of(), Map.of()));
    }

    @Test
    void aChangeThatCouldNotBeSavedIsSavedWithTheNext() {
        full = true;
        store.saveChanged("T", List.of("a"));
        full = false;
        store.saveChanged("T", List.of("b"));

        assertThat(load().versions().get("T")).containsOnlyKeys("a", "b");
    }

    @Test
    void aResourceTakesFewBytes() {
        Map<String, Map<String, String>> versions = Map.of("T", new HashMap<>());
        for (int i = 0; i < 1000; i++) {
            versions.get("T").put("d2c94c27-3b76-4a42-b88c-%012d".formatted(i), "abcdefghijk");
        }

        store.save(new KnownState(Set.of("T"), versions));

        assertThat(writes.get(0).length()).isLessThan(60_000);
    }

    private KnownState load() {
        return store("scope").load("changed", "new");
    }

    private KnownStateStore store(String scope) {
        return new KnownStateStore(repository, "key", scope, InstantSource.system());
    }
}
