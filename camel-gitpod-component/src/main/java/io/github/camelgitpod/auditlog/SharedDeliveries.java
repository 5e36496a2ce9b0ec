package io.github.camelgitpod.auditlog;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.camel.spi.IdempotentRepository;

/**
 * De-duplication that several machines share, without losing an entry to one that dies at it. A machine claims an entry
 * before it delivers it, and marks it by its id when that is done. A claim without a mark is waited for, and after a
 * while taken over: so a crash costs a duplicate at most.
 */
final class SharedDeliveries {
    /** A claim that stands so long, as seen from here, is one of a machine that died. */
    static final Duration LONGEST_CLAIM = Duration.ofMinutes(1);

    private static final String CLAIM = "claim/";

    private final IdempotentRepository repository;
    private final LongSupplier nanoTime;
    private final Map<String, Long> claimedSince = new HashMap<>();

    /** What to do about an entry. */
    enum Claim {
        /** It is to be delivered here, now. */
        MINE,
        /** It was delivered. */
        DELIVERED,
        /** Another machine is at it, or died at it: to be asked again. */
        BUSY
    }

    SharedDeliveries(IdempotentRepository repository, LongSupplier nanoTime) {
        this.repository = repository;
        this.nanoTime = nanoTime;
    }

    Claim claim(String id) {
        if (repository.contains(id)) {
            claimedSince.remove(id);
            return Claim.DELIVERED;
        }
        if (repository.add(CLAIM + id)) {
            // Between the two questions the other machine may have finished.
            if (!repository.contains(id)) {
                return Claim.MINE;
            }
            repository.remove(CLAIM + id);
            return Claim.DELIVERED;
        }
        long since = claimedSince.computeIfAbsent(id, key -> nanoTime.getAsLong());
        return nanoTime.getAsLong() - since >= LONGEST_CLAIM.toNanos() ? Claim.MINE : Claim.BUSY;
    }

    /** To be called for what was claimed, when it is delivered. */
    void delivered(String id) {
        claimedSince.remove(id);
        repository.add(id);
        repository.confirm(id);
        repository.remove(CLAIM + id);
    }

    /** To be called for what was claimed, when it is not delivered. */
    void failed(String id) {
        claimedSince.remove(id);
        repository.remove(CLAIM + id);
    }
}
