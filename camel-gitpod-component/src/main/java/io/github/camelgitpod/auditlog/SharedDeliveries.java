package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.model.ShownText;
import io.github.camelgitpod.state.SafeFailure;
import io.github.camelgitpod.state.StateUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.spi.IdempotentRepository;

/**
 * De-duplication between several machines. A machine claims an entry before it delivers it, and marks it as delivered
 * afterwards. The others wait while there is a claim and no mark. If a machine dies in between, its claim is taken over
 * after a while: so no entry is lost, and a crash costs at most a duplicate.
 */
final class SharedDeliveries {
    /** A claim that this machine has seen for so long is one of a machine that died. */
    static final Duration LONGEST_CLAIM = Duration.ofMinutes(1);

    private static final String CLAIM = "claim/";

    private final IdempotentRepository repository;
    private final LongSupplier nanoTime;
    private final Map<String, Long> claimedSince = new HashMap<>();

    /** Who delivers an entry. */
    enum Claim {
        /** This machine, now. */
        MINE,
        /** Nobody: it was delivered. */
        DELIVERED,
        /** Another machine, or one that died while it did: ask again later. */
        BUSY
    }

    /**
     * @param repository shared by the machines
     * @param nanoTime   a monotonic clock, such as {@link System#nanoTime()}
     */
    SharedDeliveries(IdempotentRepository repository, LongSupplier nanoTime) {
        this.repository = repository;
        this.nanoTime = nanoTime;
    }

    /** Null without a repository: there are no other machines. */
    static SharedDeliveries of(IdempotentRepository repository) {
        return repository == null ? null : new SharedDeliveries(repository, System::nanoTime);
    }

    /** Claims an entry. What is then {@link Claim#MINE} must be settled with {@link #delivered} or {@link #failed}. */
    Claim claim(String id) {
        return call(id, () -> claimOf(id));
    }

    private Claim claimOf(String id) {
        if (repository.contains(id)) {
            claimedSince.remove(id);
            return Claim.DELIVERED;
        }
        if (repository.add(CLAIM + id)) {
            // The machine that had the claim may have finished between the two questions.
            if (!repository.contains(id)) {
                return Claim.MINE;
            }
            repository.remove(CLAIM + id);
            return Claim.DELIVERED;
        }
        long since = claimedSince.computeIfAbsent(id, key -> nanoTime.getAsLong());
        return nanoTime.getAsLong() - since >= LONGEST_CLAIM.toNanos() ? Claim.MINE : Claim.BUSY;
    }

    /** The entry, claimed before, was delivered. */
    void delivered(String id) {
        claimedSince.remove(id);
        call(id, () -> {
            repository.add(id);
            repository.confirm(id);
            return repository.remove(CLAIM + id);
        });
    }

    /** The entry, claimed before, was not delivered. */
    void failed(String id) {
        claimedSince.remove(id);
        call(id, () -> repository.remove(CLAIM + id));
    }

    /** Whose ever it is, what it throws means that it cannot be had now. */
    private static <T> T call(String id, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw new StateUnavailableException(
                    "The idempotentRepository fails with entry " + ShownText.of(id) + ": "
                            + SafeFailure.OF_UNKNOWN_SETTINGS.text(e.toString()),
                    SafeFailure.OF_UNKNOWN_SETTINGS.of(e));
        }
    }
}
