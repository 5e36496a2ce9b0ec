package io.github.camelgitpod.auditlog.reader;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A clock that is wrong: for some times, each in its own way, or from some time on for good. */
final class LyingClock {
    /** Which way it is wrong. */
    enum Lie {
        NONE,
        AHEAD,
        BEHIND,
        EITHER,
        AHEAD_FOR_GOOD,
        AHEAD_FROM_THE_BEGINNING,
        BEHIND_FOR_GOOD,
        /** It runs too fast, slowly, or backwards. */
        DRIFT
    }

    /** Between two times of the truth it jumps by an error, which then grows with each second. */
    private record Span(Instant from, Instant to, Duration error, double drift) {
        boolean contains(Instant truth) {
            return !truth.isBefore(from) && truth.isBefore(to);
        }

        Instant shown(Instant truth) {
            long drifted = (long) (Duration.between(from, truth).toMillis() * drift);
            return truth.plus(error).plusMillis(drifted);
        }
    }

    private final List<Span> spans = new ArrayList<>();
    private final Lie lie;

    LyingClock(Lie lie, Random random, Instant begin, int scale) {
        this.lie = lie;
        Duration[] errors = {
            Campaign.LOOKBACK.dividedBy(2), Campaign.LOOKBACK, Campaign.LOOKBACK.multipliedBy(3), Duration.ofDays(11)
        };
        Instant from = begin;
        int count = lie == Lie.NONE ? 0 : random.nextInt(3) + 1;
        for (int i = 0; i < count; i++) {
            long truthful = lie == Lie.AHEAD_FROM_THE_BEGINNING ? 0 : (long) random.nextInt(151) * scale;
            from = from.plusSeconds(truthful);
            Instant to = isForGood() ? Instant.MAX : from.plusSeconds((5L + random.nextInt(116)) * scale);
            Duration error = errors[random.nextInt(errors.length)];
            boolean ahead = random.nextBoolean();
            spans.add(
                    switch (lie) {
                        case AHEAD, AHEAD_FOR_GOOD, AHEAD_FROM_THE_BEGINNING -> new Span(from, to, error, 0);
                        case BEHIND, BEHIND_FOR_GOOD -> new Span(from, to, error.negated(), 0);
                        case DRIFT -> new Span(from, to, Duration.ZERO, random.nextDouble() * 10 - 5);
                        default -> new Span(from, to, ahead ? error : error.negated(), 0);
                    });
            from = to;
            if (isForGood()) {
                return;
            }
        }
    }

    private boolean isForGood() {
        return lie == Lie.AHEAD_FOR_GOOD || lie == Lie.BEHIND_FOR_GOOD || lie == Lie.AHEAD_FROM_THE_BEGINNING;
    }

    Instant at(Instant truth) {
        return spans.stream()
                .filter(span -> span.contains(truth))
                .findFirst()
                .map(span -> span.shown(truth))
                .orElse(truth);
    }

    /** It is set right, if it is not wrong for good. */
    void recover() {
        if (!isForGood()) {
            spans.clear();
        }
    }
}
