package io.github.camelgitpod.machines;

import io.github.camelgitpod.machines.Saves.Save;
import io.github.camelgitpod.testing.organization.Changes.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What became of the organization's changes, each of which is an event.
 *
 * @param delivered by a stream
 * @param twice     lines beyond the first one of a change, from the streams of two processes
 * @param missed    by all streams
 * @param silent    of these, those that lie in no gap that was told
 * @param lost      of these, those that were not recovered either
 * @param gaps      that were told
 * @param open      of these, those that lie in none that was closed
 * @param handOvers how often a process went on with what another one had saved
 * @param untold    of these, those after which it delivered events before it told a gap
 */
record EventAccount(
        int changes,
        int delivered,
        int twice,
        int missed,
        int silent,
        int lost,
        int gaps,
        int open,
        int handOvers,
        int untold) {

    private record Gap(Instant from, Instant to) {
        static Gap parse(String text) {
            String[] words = text.split(" ");
            return new Gap(Instant.parse(words[0]), Instant.parse(words[1]));
        }

        boolean touches(Change change) {
            return !from.isAfter(change.before()) && !to.isBefore(change.after());
        }

        boolean contains(Gap other) {
            return !from.isAfter(other.from) && !to.isBefore(other.to);
        }
    }

    static EventAccount of(List<Change> changes, Map<Long, List<Line>> lives, List<Save> saves) {
        List<Line> all = lives.values().stream().flatMap(List::stream).toList();
        List<String> lines = texts(all, 'E');
        Set<String> live = new HashSet<>(lines);
        Set<String> recovered = new HashSet<>(texts(all, 'R'));
        List<Gap> gaps = texts(all, 'G').stream().map(Gap::parse).toList();
        List<Gap> closed = texts(all, 'C').stream().map(Gap::parse).toList();
        List<Change> missed =
                changes.stream().filter(change -> !live.contains(change.what())).toList();
        List<Line> handedOver = firstLines(lives, saves);
        return new EventAccount(
                changes.size(),
                live.size(),
                lines.size() - live.size(),
                missed.size(),
                count(missed, change -> gaps.stream().noneMatch(gap -> gap.touches(change))),
                count(missed, change -> !recovered.contains(change.what())),
                gaps.size(),
                count(gaps, gap -> closed.stream().noneMatch(end -> end.contains(gap))),
                handedOver.size(),
                count(handedOver, first -> first.kind() == 'E'));
    }

    private static List<String> texts(Collection<Line> lines, char kind) {
        return lines.stream()
                .filter(line -> line.kind() == kind)
                .map(Line::what)
                .toList();
    }

    private static <T> int count(Collection<T> all, Predicate<T> wanted) {
        return (int) all.stream().filter(wanted).count();
    }

    /** What each process told first of its stream, but those before which none had saved. */
    private static List<Line> firstLines(Map<Long, List<Line>> lives, List<Save> saves) {
        List<Line> first = new ArrayList<>();
        lives.forEach((pid, lines) -> lines.stream()
                .filter(line -> line.kind() == 'E' || line.kind() == 'G')
                .findFirst()
                .filter(line -> saves.stream()
                        .anyMatch(save -> save.pid() != pid && save.at().isBefore(line.time())))
                .ifPresent(first::add));
        return first;
    }
}
