package io.github.camelgitpod.event.group;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which environments there are, the oldest first: what the organization's stream brings, corrected by listings. A listing
 * takes a while, and what the stream brings meanwhile is newer than the listing. Used under its owner's lock.
 */
final class KnownEnvironments {
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> cameDuringListing = new HashSet<>();
    private final Set<String> wentDuringListing = new HashSet<>();
    /** Deleted a moment ago: a late event of one of them does not mean that it exists again. */
    private final Set<String> lingering = new HashSet<>();

    private int listings;
    private boolean listing;

    /** The stream brought an event of an environment; true: it was not known. */
    boolean came(String id) {
        if (lingering.contains(id) || !known.add(id)) {
            return false;
        }
        if (listing) {
            cameDuringListing.add(id);
        }
        return true;
    }

    /** The stream brought a deletion; true: the environment was known, and lingers until {@link #forget}. */
    boolean went(String id) {
        if (lingering.contains(id)) {
            return false;
        }
        if (listing) {
            cameDuringListing.remove(id);
            wentDuringListing.add(id);
        }
        return known.remove(id) && lingering.add(id);
    }

    void forget(String id) {
        known.remove(id);
        lingering.remove(id);
    }

    boolean contains(String id) {
        return known.contains(id);
    }

    /** Whether it was deleted a moment ago. */
    boolean isLingering(String id) {
        return lingering.contains(id);
    }

    /** The oldest first. */
    Stream<String> all() {
        return known.stream();
    }

    int size() {
        return known.size();
    }

    /**
     * So many of them, or fewer.
     *
     * @param last come after all others
     */
    List<String> newest(int most, Set<String> last) {
        List<String> all = new ArrayList<>();
        known.stream().filter(last::contains).forEach(all::add);
        known.stream().filter(id -> !last.contains(id)).forEach(all::add);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** A listing begins, which replaces one that is under way; returns its number. */
    int listingBegins() {
        listing = true;
        cameDuringListing.clear();
        wentDuringListing.clear();
        return ++listings;
    }

    /** Whether no other listing has begun since. */
    boolean isLastListing(int number) {
        return number == listings;
    }

    /** Those that the last listing shows to be gone. */
    List<String> goneFrom(Set<String> listed) {
        return known.stream()
                .filter(id -> !listed.contains(id) && !cameDuringListing.contains(id))
                .toList();
    }

    /** The last listing has ended: what it has is known now. */
    void listed(Set<String> listed) {
        listing = false;
        listed.stream()
                .filter(id -> !wentDuringListing.contains(id))
                .sorted(KnownEnvironments::byAge)
                .forEach(known::add);
    }

    /** Ids of newer servers have the time of creation in them; those of older servers have none, and count as old. */
    private static int byAge(String one, String other) {
        boolean oneHasTime = hasTime(one);
        boolean otherHasTime = hasTime(other);
        return oneHasTime && otherHasTime ? one.compareTo(other) : Boolean.compare(oneHasTime, otherHasTime);
    }

    private static boolean hasTime(String id) {
        try {
            return UUID.fromString(id).version() == 7;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
