package io.github.camelgitpod.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done for consumers now and then, on threads that they share. */
class LookoutTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        hangs.countDown();
        context.stop();
    }

    @Test
    void oneThatHangsHoldsUpItselfOnly() {
        try (Lookout one = new Lookout(context);
                Lookout other = new Lookout(context)) {
            one.later(Duration.ZERO, this::hang);
            await().until(() -> done.contains("hangs"));
            one.later(Duration.ZERO, () -> done.add("after it"));
            other.later(Duration.ZERO, () -> done.add("other"));

            await().until(() -> done.contains("other"));
            assertThat(done).doesNotContain("after it");
            hangs.countDown();
            await().until(() -> done.contains("after it"));
        }
    }

    @Test
    void aFailureEndsNothing() {
        try (Lookout one = new Lookout(context)) {
            one.later(Duration.ZERO, () -> {
                throw new IllegalStateException("a task's failure");
            });
            one.later(Duration.ofMillis(1), () -> done.add("next"));

            await().until(() -> done.contains("next"));
        }
    }

    @Test
    void closingInterruptsWhatIsUnderWayAndDoesNothingMore() throws InterruptedException {
        try (Lookout other = new Lookout(context)) {
            Lookout one = new Lookout(context);
            one.later(Duration.ZERO, this::hang);
            await().until(() -> done.contains("hangs"));
            one.later(Duration.ZERO, () -> done.add("waits"));
            one.later(Duration.ofMillis(5), () -> done.add("is due later"));
            one.close();
            one.close();
            interrupted.await();

            CountDownLatch later = new CountDownLatch(1);
            other.later(Duration.ofMillis(20), later::countDown);
            later.await();
            assertThat(done).containsExactly("hangs");
        }
    }

    @Test
    void theThreadsEndWithTheLastOne() {
        Lookout one = new Lookout(context);
        Lookout other = new Lookout(context);
        for (Lookout each : List.of(one, other)) {
            each.later(Duration.ZERO, () -> done.add(Thread.currentThread().getName()));
        }
        await().until(() -> done.size() == 2);
        one.close();
        other.later(Duration.ZERO, () -> done.add("goes on"));
        await().until(() -> done.contains("goes on"));
        other.close();

        await().until(() -> threads() == 0);
        try (Lookout again = new Lookout(context)) {
            again.later(Duration.ZERO, () -> done.add("again"));
            await().until(() -> done.contains("again"));
        }
    }

    private void hang() {
        done.add("hangs");
        try {
            hangs.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }

    private long threads() {
        String ours = "(" + context.getName() + ")";
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(ours) && name.contains("gitpod-"))
                .count();
    }
}
