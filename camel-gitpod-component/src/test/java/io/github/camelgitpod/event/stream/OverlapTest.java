package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamLine;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {
    private static final long LATER = 10 * Overlap.SETTLED.toNanos();

    private final Overlap overlap = new Overlap();

    @ParameterizedTest(name = "old {0}, new {1}: {2} come again")
    @CsvSource({
        "abcd, cd, 0",
        "abcd, abcd, 0",
        "abcd, d, 0",
        // What is repeated: when both have paused, the lengths tell.
        "aaaa, aa, 0",
        "abab, ab, 0",
        // The old one did not bring what the new one did.
        "ab, c, 1",
        "'', ab, 2",
        "ab, ba, 2",
    })
    void whenBothHavePausedTheLastOfTheOldAreTheFirstOfTheNew(String old, String fresh, int again) {
        overlap.old(lines(old), 0);
        overlap.fresh(lines(fresh), 0);

        assertThat(overlap.isSettled(LATER)).isTrue();
        assertThat(news(LATER)).hasSize(again);
    }

    @Test
    void whatTheOldOneBroughtAheadIsKnownLater() {
        overlap.old(lines("abc"), 0);
        overlap.old(lines("de"), LATER);
        overlap.fresh(lines("bc"), 0);

        OptionalInt meeting = overlap.meeting(LATER);

        assertThat(meeting).hasValue(1);
        Deque<Object> known = overlap.knownFrom(1);
        assertThat(ids(Overlap.news(overlap.fresh(), known))).isEmpty();
        assertThat(ids(Overlap.news(lines("d"), known))).isEmpty();
        assertThat(ids(Overlap.news(lines("efg"), known))).containsExactly("f", "g");
        assertThat(ids(Overlap.news(lines("de"), known))).containsExactly("d", "e");
    }

    @Test
    void whileLinesComeInDoubtOneComesTwice() {
        overlap.old(lines("aaa"), LATER);
        overlap.fresh(lines("aa"), LATER);

        // All of them are young: the new one's may be others than the old one's.
        assertThat(news(LATER)).hasSize(2);
    }

    @Test
    void itIsNotSettledWhileLinesComeUnlessThatGoesOn() {
        long settled = Overlap.SETTLED.toNanos();
        overlap.fresh(lines("a"), 0);

        assertThat(overlap.isSettled(settled - 1)).isFalse();
        overlap.old(lines("a"), settled - 1);
        assertThat(overlap.isSettled(settled)).isFalse();
        for (long time = settled; time < 20 * settled; time += settled / 2) {
            overlap.old(lines("x"), time);
            overlap.fresh(lines("x"), time);
        }
        assertThat(overlap.isSettled(19 * settled)).isTrue();
    }

    @Test
    void aNewOneThatBringsNothingOfWhatTheOldOneBringsIsDeaf() {
        overlap.old(lines("a"), Overlap.SETTLED.toNanos() + 1);

        assertThat(overlap.isFreshDeaf(0, Overlap.SETTLED.toNanos() + 2)).isFalse();
        assertThat(overlap.isFreshDeaf(0, LATER)).isTrue();
        assertThat(overlap.isFreshDeaf(LATER, LATER)).isFalse();
        overlap.fresh(lines("a"), LATER);
        assertThat(overlap.isFreshDeaf(0, LATER)).isFalse();
    }

    @ParameterizedTest(name = "{0} ns after the last line: settled {1}, the old one is quiet {1}")
    @CsvSource({"249999999, false", "250000000, true"})
    void aPauseIsAsLongAsALineTakesAtMost(long later, boolean settled) {
        assertThat(overlap.isSettled(LATER)).as("nothing to compare").isFalse();
        assertThat(overlap.isOldQuiet(0)).isTrue();
        overlap.old(lines("a"), 0);
        overlap.fresh(lines("a"), 0);

        assertThat(overlap.isSettled(later)).isEqualTo(settled);
        assertThat(overlap.isOldQuiet(later)).isEqualTo(settled);
        assertThat(overlap.oldSize()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} ns after the first line of a busy one: settled {1}")
    @CsvSource({"749999999, false", "750000000, true"})
    void withoutAPauseTheyAreComparedAfterThreeTimesThat(long later, boolean settled) {
        overlap.fresh(lines("a"), 0);
        overlap.fresh(lines("b"), later);

        assertThat(overlap.isSettled(later)).isEqualTo(settled);
    }

    @ParameterizedTest(name = "a line after {0} ms, asked {1} ms later: deaf {2}")
    @CsvSource({"250, 5000, false", "251, 1000, false", "251, 1001, true"})
    void aNewOneIsTakenForDeafOnlyWhenItHadTime(long line, long later, boolean deaf) {
        overlap.old(lines("a"), line * 1_000_000);

        assertThat(overlap.isFreshDeaf(0, (line + later) * 1_000_000)).isEqualTo(deaf);
    }

    @ParameterizedTest(name = "{0} ns later")
    @CsvSource({"249999999, true", "250000000, false"})
    void aLineThatOnlyOneBroughtCanComeOnTheOtherOneForSoLong(long later, boolean meet) {
        overlap.fresh(lines("a"), 0);

        assertThat(overlap.meeting(later).isPresent()).isEqualTo(meet);
        assertThat(overlap.isFull()).isFalse();

        Overlap other = overlapOf("ab");
        other.fresh(lines("a"), 0);
        assertThat(other.meeting(later)).isEqualTo(meet ? OptionalInt.of(2) : OptionalInt.empty());
    }

    @Test
    void onlySoMuchIsKept() {
        overlap.fresh(Collections.nCopies(4095, line("a")), 0);
        assertThat(overlap.isFull()).isFalse();
        overlap.fresh(lines("a"), 0);
        assertThat(overlap.isFull()).isTrue();
        assertThat(overlap.isSettled(0)).isTrue();

        Overlap busy = new Overlap();
        busy.old(Collections.nCopies(32_768, line("a")), 0);
        assertThat(busy.oldSize()).isEqualTo(32_768);
        busy.old(lines("b"), LATER);
        assertThat(busy.oldSize()).isEqualTo(16_384);
        busy.fresh(lines("b"), 0);
        // The times are those of the lines: the last one is young.
        assertThat(busy.isOldQuiet(LATER)).isFalse();
        assertThat(busy.meeting(LATER)).hasValue(16_383);
    }

    @Test
    void afterTheFirstNewLineAllAreNew() {
        Deque<Object> known = new ArrayDeque<>(overlapOf("ab").knownFrom(0));

        assertThat(ids(Overlap.news(lines("xab"), known))).containsExactly("x", "a", "b");
        assertThat(known).isEmpty();
    }

    @Test
    void aLineIsTheSameWheneverItIsReceivedAndAlsoIfItIsNoEvent() {
        JsonText json = JsonText.of("{}");
        StreamLine skipped = new StreamLine.Skipped("not JSON", 7);
        overlap.old(List.of(GitpodEvent.ofStream("OP", "TYPE", "a", Instant.EPOCH, json), skipped), 0);
        overlap.fresh(List.of(GitpodEvent.ofStream("OP", "TYPE", "a", Instant.MAX, json), skipped), 0);

        assertThat(overlap.meeting(LATER)).hasValue(0);
    }

    @Test
    void whatTheEndCutOffIsNoLine() {
        overlap.old(lines("ab"), 0);
        overlap.old(List.of(new StreamLine.Skipped(StreamLine.Skipped.CUT_OFF, 7)), LATER);
        overlap.fresh(lines("ab"), 0);
        overlap.fresh(lines("c"), LATER);

        assertThat(overlap.meeting(LATER)).hasValue(0);
    }

    private static Overlap overlapOf(String old) {
        Overlap overlap = new Overlap();
        overlap.old(lines(old), 0);
        return overlap;
    }

    /** Whatever is repeated, and however far either one is: nothing is lost, and without repetitions nothing comes twice. */
    @Test
    void inTenThousandOverlapsNoLineIsLost() {
        int doubles = 0;
        for (long seed = 0; seed < 10_000; seed++) {
            Random random = new Random(seed);
            boolean repeats = random.nextBoolean();
            String[] all = new String[40];
            for (int i = 0; i < all.length; i++) {
                all[i] = repeats ? "r" + random.nextInt(3) : "u" + i;
            }
            int from = random.nextInt(20);
            int begins = from + random.nextInt(8);
            int oldEnds = begins + random.nextInt(10);
            int freshEnds = begins + 1 + random.nextInt(10);
            Overlap two = new Overlap();
            int oldUntil = Math.min(oldEnds, freshEnds);
            for (int i = from; i < oldEnds; i++) {
                two.old(List.of(line(all[i])), i < oldUntil ? 0 : LATER);
            }
            for (int i = begins; i < freshEnds; i++) {
                two.fresh(List.of(line(all[i])), i < oldUntil ? 0 : LATER);
            }

            OptionalInt meeting = two.meeting(LATER);
            assertThat(meeting).as("seed " + seed).isPresent();
            Deque<Object> known = two.knownFrom(meeting.getAsInt());
            List<String> delivered = new ArrayList<>(Arrays.asList(all).subList(from, oldEnds));
            delivered.addAll(ids(Overlap.news(two.fresh(), known)));
            for (int i = freshEnds; i < all.length; i++) {
                delivered.addAll(ids(Overlap.news(List.of(line(all[i])), known)));
            }

            List<String> expected = Arrays.asList(all).subList(from, all.length);
            if (repeats) {
                assertThat(isSubsequence(expected, delivered))
                        .as("seed " + seed)
                        .isTrue();
                doubles += delivered.size() - expected.size();
            } else {
                assertThat(delivered).as("seed " + seed).isEqualTo(expected);
            }
        }
        assertThat(doubles).isLessThan(10_000);
    }

    private static boolean isSubsequence(List<String> part, List<String> whole) {
        int found = 0;
        for (String one : whole) {
            if (found < part.size() && part.get(found).equals(one)) {
                found++;
            }
        }
        return found == part.size();
    }

    private List<String> news(long now) {
        OptionalInt meeting = overlap.meeting(now);
        return meeting.isPresent()
                ? ids(Overlap.news(overlap.fresh(), overlap.knownFrom(meeting.getAsInt())))
                : ids(overlap.fresh());
    }

    private static List<StreamLine> lines(String ids) {
        return ids.chars().mapToObj(id -> line(String.valueOf((char) id))).toList();
    }

    private static StreamLine line(String id) {
        return GitpodEvent.ofStream("OP", "TYPE", id, Instant.EPOCH, JsonText.of("{\"resourceId\":\"" + id + "\"}"));
    }

    private static List<String> ids(List<StreamLine> lines) {
        return lines.stream().map(line -> ((GitpodEvent) line).resourceId()).toList();
    }
}
