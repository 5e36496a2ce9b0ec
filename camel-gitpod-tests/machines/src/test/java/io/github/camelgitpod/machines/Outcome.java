package io.github.camelgitpod.machines;

/** What a campaign came to. */
record Outcome(
        Coordination coordination,
        Store store,
        AuditAccount audit,
        EventAccount events,
        HandOverTimes afterKills,
        HandOverTimes afterPauses) {

    /** Whether everything has arrived, or was recovered. */
    boolean isComplete() {
        return audit.lost() + events.lost() + events.open() == 0;
    }

    String table() {
        return String.format(
                "%s, %s%n"
                        + "  hand-over, seconds (median, maximum): after kills %s; after pauses %s%n"
                        + "  entries %d, lost %d; duplicates %d, at most %d a hand-over, unexplained %d; hand-overs of the cursor %d,"
                        + " saves %d, cursor back %d%n"
                        + "  changes %d: delivered by a stream %d, twice %d; missed %d, in silence %d, lost %d; gaps told %d, left"
                        + " open %d; hand-overs %d, untold %d%n",
                coordination.title(),
                store.title(),
                afterKills,
                afterPauses,
                audit.entries(),
                audit.lost(),
                audit.duplicates(),
                audit.mostPerHandOver(),
                audit.unexplained(),
                audit.handOvers(),
                audit.saves(),
                audit.back(),
                events.changes(),
                events.delivered(),
                events.twice(),
                events.missed(),
                events.silent(),
                events.lost(),
                events.gaps(),
                events.open(),
                events.handOvers(),
                events.untold());
    }
}
