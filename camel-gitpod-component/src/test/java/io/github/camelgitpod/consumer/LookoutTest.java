package io.github.camelgitpod.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.testing.RecordedLogs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void aThreadThatCannotBeMadeDelaysOnlyAndIsToldOnce() {
        AtomicBoolean refused = new AtomicBoolean();
        List<String> refusedTo = new CopyOnWriteArrayList<>();
        context.getExecutorServiceManager().addThreadFactoryListener((source, factory) -> task -> {
            if (refused.get()) {
                refusedTo.add(Thread.currentThread().getName());
                throw new OutOfMemoryError("unable to create native thread");
            }
            return factory.newThread(task);
        });
        CountDownLatch ends = new CountDownLatch(1);
        try (RecordedLogs logs = new RecordedLogs();
                Lookout busy = new Lookout(context);
                Lookout inLine = new Lookout(context);
                Lookout one = new Lookout(context)) {
            busy.later(Duration.ZERO, this::hang);
            inLine.later(Duration.ZERO, () -> {
                done.add("first");
                awaitQuietly(ends);
            });
            await().until(() -> done.containsAll(List.of("hangs", "first")));
            inLine.later(Duration.ZERO, () -> done.add("in line"));
            refused.set(true);
            one.later(Duration.ZERO, () -> done.add("at its time"));
            await().until(() -> refusedTo.size() >= 2);
            assertThat(refusedTo).allMatch(thread -> thread.contains("gitpod-timer"));
            assertThat(logs.warnings()).singleElement().asString().contains("unable to create native thread");

            // A thread that asks for the next one in line is busy itself. It may take what comes later, when it is
            // free.
            ends.countDown();
            await().until(() -> refusedTo.stream().anyMatch(thread -> thread.contains("gitpod-watch")));
            inLine.later(Duration.ofMillis(1), () -> done.add("after it"));
            one.later(Duration.ofMillis(1), () -> done.add("too"));
            refused.set(false);

            await().until(() -> done.containsAll(List.of("in line", "at its time", "after it", "too")));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
