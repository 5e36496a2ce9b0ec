package io.github.camelgitpod.auditlog.reader;

import java.util.ArrayList;
import java.util.List;

/** What became of the histories of a campaign. */
final class Tally {
    private final String campaign;
    private final double mayLose;
    private final List<String> faults = new ArrayList<>();
    private int histories;
    private long entries;
    private long lost;
    private long duplicates;
    private long crashes;
    private long requests;
    private double mostDuplicatesPerCrash;
    private int legacyAtEnd;

    /** @param mayLose this share of the entries may be lost */
    Tally(String campaign, double mayLose) {
        this.campaign = campaign;
        this.mayLose = mayLose;
    }

    void add(History history) {
        histories++;
        entries += history.wanted().size();
        lost += history.lost().size();
        duplicates += history.duplicates();
        crashes += history.crashes();
        requests += history.server().requests;
        if (history.crashes() > 0) {
            mostDuplicatesPerCrash =
                    Math.max(mostDuplicatesPerCrash, (double) history.duplicates() / history.crashes());
        }
        if (history.serverKind().equals("LEGACY")) {
            legacyAtEnd++;
        }
        history.faults().forEach(fault -> faults.add(history + ": " + fault));
    }

    /** Histories at whose end the server was taken for a legacy one. */
    int legacyAtEnd() {
        return legacyAtEnd;
    }

    int histories() {
        return histories;
    }

    long entries() {
        return entries;
    }

    long lost() {
        return lost;
    }

    long duplicates() {
        return duplicates;
    }

    /** What broke the promise, each with the campaign and the seed that show it again. */
    List<String> faults() {
        if (mayLose > 0 && lost > entries * mayLose) {
            return List.of("lost %d of %d".formatted(lost, entries));
        }
        return faults;
    }

    @Override
    public String toString() {
        return "%-62s histories=%d entries=%d lost=%d duplicates=%d max/crash=%.1f crashes=%d requests=%d"
                .formatted(campaign, histories, entries, lost, duplicates, mostDuplicatesPerCrash, crashes, requests);
    }
}
