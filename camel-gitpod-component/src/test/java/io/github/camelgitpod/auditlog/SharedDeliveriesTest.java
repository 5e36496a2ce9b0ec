package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.SharedDeliveries.Claim;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedDeliveriesTest {
    private final IdempotentRepository repository = MemoryIdempotentRepository.memoryIdempotentRepository();
    private final AtomicLong time = new AtomicLong();
    private final SharedDeliveries here = new SharedDeliveries(repository, time::get);
    private final SharedDeliveries there = new SharedDeliveries(repository, time::get);

    @BeforeEach
    void start() {
        repository.start();
    }

    @Test
    void whatOneMachineDeliveredTheOtherDoesNot() {
        assertThat(here.claim("1")).isEqualTo(Claim.MINE);
        here.delivered("1");

        assertThat(there.claim("1")).isEqualTo(Claim.DELIVERED);
        assertThat(repository.contains("1")).as("the key is the entry's id").isTrue();
    }

    @Test
    void whatOneMachineIsAtTheOtherWaitsFor() {
        here.claim("1");

        assertThat(there.claim("1")).isEqualTo(Claim.BUSY);
        here.delivered("1");
        assertThat(there.claim("1")).isEqualTo(Claim.DELIVERED);
    }

    @Test
    void whatOneMachineFailedAtTheOtherMayTry() {
        here.claim("1");
        here.failed("1");

        assertThat(there.claim("1")).isEqualTo(Claim.MINE);
    }

    @Test
    void anEntryThatAMachineDiedAtIsTakenOverAndNotLost() {
        here.claim("1");
        assertThat(there.claim("1")).isEqualTo(Claim.BUSY);
        time.addAndGet(SharedDeliveries.LONGEST_CLAIM.toNanos());

        assertThat(there.claim("1")).isEqualTo(Claim.MINE);
        there.delivered("1");
        assertThat(here.claim("1")).isEqualTo(Claim.DELIVERED);
    }
}
