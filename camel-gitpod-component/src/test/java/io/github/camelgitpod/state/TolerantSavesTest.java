package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.testing.RecordedLogs;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;

class TolerantSavesTest {
    private boolean full;
    private final MemoryStateRepository repository = new MemoryStateRepository() {
        @Override
        public void setState(String key, String value) {
            if (full) {
                throw new IllegalStateException("the disk is full");
            }
            super.setState(key, value);
        }
    };
    private final TolerantSaves saves = new TolerantSaves(repository, "something comes twice");

    @Test
    void ofSeveralFailuresInARowOnlyTheFirstIsLogged() {
        try (RecordedLogs logs = new RecordedLogs()) {
            full = true;
            assertThat(save()).isFalse();
            assertThat(save()).isFalse();
            assertThat(logs.warnings())
                    .singleElement()
                    .asString()
                    .contains("The state key cannot be saved: something comes twice", "the disk is full");

            full = false;
            assertThat(save()).isTrue();
            assertThat(repository.getState("key")).isEqualTo("{\"v\":1}");
            full = true;
            assertThat(save()).isFalse();
            assertThat(logs.warnings()).hasSize(2);
        }
    }

    private boolean save() {
        return saves.save("key", StateJson.create());
    }
}
