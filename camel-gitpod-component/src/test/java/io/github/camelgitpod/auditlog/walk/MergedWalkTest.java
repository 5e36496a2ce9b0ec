package io.github.camelgitpod.auditlog.walk;

import static io.github.camelgitpod.auditlog.walk.ScriptedServer.ZERO;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.entry;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.ids;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.undated;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order the entries of several series come, and what the position is. */
class MergedWalkTest {

    @Test
    void handsOutInOrderUpToWhereOneIsUsedUp() throws IOException {
        MergedWalk merged = new MergedWalk(
                List.of(new Pages(List.of(at(1), at(4)), List.of(at(6))), new Pages(List.of(at(2), at(3), at(5)))));

        assertThat(ids(merged.next())).containsExactly("1", "2", "3", "4");
        assertThat(ids(merged.next())).containsExactly("5");
        assertThat(merged.isComplete()).isFalse();
        assertThat(ids(merged.next())).containsExactly("6");
        assertThat(merged.isComplete()).isTrue();
        assertThat(merged.next()).isNull();
    }

    @Test
    void isAsFarAsTheOneThatIsLeast() throws IOException {
        MergedWalk merged = new MergedWalk(List.of(
                new Pages(List.of(at(1), at(4)), List.of(at(6))),
                new Pages(List.of(at(2), at(3), at(5)), List.of(at(8)))));
        assertThat(merged.position()).isEqualTo(ZERO);

        merged.next();
        // The first walk is at 4; of the second, 5 waits.
        assertThat(merged.position()).isEqualTo(ZERO.plusSeconds(4));
        merged.next();
        // Now 6 of the first waits, and the second is at 5.
        assertThat(merged.position()).isEqualTo(ZERO.plusSeconds(5));
        merged.next();
        // The first is at its end, 6; of the second, 8 waits.
        assertThat(merged.position()).isEqualTo(ZERO.plusSeconds(6));
        merged.next();
        assertThat(merged.position()).isEqualTo(ZERO.plusSeconds(8));
        assertThat(merged.next()).isNull();
        assertThat(merged.position()).isEqualTo(Instant.MAX);
    }

    @Test
    void whatIsHeldBackAndTellsNoTimeIsTakenForAsOldAsItsPage() throws IOException {
        MergedWalk merged = new MergedWalk(List.of(
                new Pages(List.of(at(1)), List.of(at(7))), new Pages(List.of(at(2)), List.of(undated("x"), at(9)))));
        merged.next();
        merged.next();

        assertThat(merged.position()).isEqualTo(ZERO.plusSeconds(2));
    }

    /** Its position is the time of the last entry handed out. */
    private static final class Pages implements Walk {
        private final Deque<List<AuditLogEntry>> pages = new ArrayDeque<>();
        private Instant position = ZERO;

        @SafeVarargs
        Pages(List<AuditLogEntry>... pages) {
            this.pages.addAll(List.of(pages));
        }

        @Override
        public List<AuditLogEntry> next() {
            List<AuditLogEntry> page = pages.poll();
            if (page != null) {
                position = page.get(page.size() - 1).createdAt();
            }
            return page;
        }

        @Override
        public Instant position() {
            return position;
        }

        @Override
        public boolean isComplete() {
            return pages.isEmpty();
        }
    }

    private static AuditLogEntry at(int second) {
        return entry(String.valueOf(second), ZERO.plusSeconds(second));
    }
}
