package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntryTest {

    private static final Instant T = Instant.parse("2026-03-01T10:00:00.123456Z");

    @Test
    void comesBackFromItsJson() {
        Entry entry = Entry.at(T).withAction("say \"hi\"\n").withExtra("\"region\":\"eu\",\"n\":[1.50,null]");
        assertThat(Entry.ofJson(entry.json())).isEqualTo(entry);
        assertThat(Entry.ofJson(entry.json()).time()).isEqualTo(T);
    }

    @Test
    void keepsOddTextUntilItIsChanged() {
        String odd = "{ \"id\":\"a\", \"createdAt\":\"2026-03-01T10:00:00Z\" }";
        assertThat(Entry.ofJson(odd).json()).isEqualTo(odd);
        assertThat(Entry.ofJson(odd).withId("b").json())
                .isEqualTo("{\"id\":\"b\",\"createdAt\":\"2026-03-01T10:00:00Z\"}");
    }

    @Test
    void changesOneThingAtATime() {
        Entry entry = Entry.at(T);
        assertThat(entry.withActor("P", "1").actorId()).isEqualTo("1");
        assertThat(entry.withSubject("T", "2").subjectType()).isEqualTo("T");
        assertThat(entry.withKind(null).json()).doesNotContain("kind");
        assertThat(entry.withCreatedAt("2026-03-01T12:00:00+02:00").time())
                .isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(Entry.at(T).id()).isNotEqualTo(entry.id());
    }

    @Test
    void refusesWhatIsNoEntry() {
        assertThatIllegalArgumentException().isThrownBy(() -> Entry.ofJson("[]"));
        assertThatIllegalArgumentException().isThrownBy(() -> Entry.ofJson("{\"id\":\"a\"}"));
        assertThatIllegalArgumentException().isThrownBy(() -> Entry.at(T).withCreatedAt("today"));
    }
}
