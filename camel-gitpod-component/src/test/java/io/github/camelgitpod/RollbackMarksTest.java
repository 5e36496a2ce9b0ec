package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An exchange that a route marks for rollback is a failed one, although it has no exception. */
class RollbackMarksTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final Queue<Throwable> reported = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean marked = new AtomicBoolean();

    enum Mark {
        ROLLBACK_ONLY,
        ROLLBACK_ONLY_LAST;

        void put(Exchange exchange) {
            if (this == ROLLBACK_ONLY) {
                exchange.setRollbackOnly(true);
            } else {
                exchange.setRollbackOnlyLast(true);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventIsReportedOnceAndTheNextOneComes(Mark mark) throws Exception {
        EventRoute route = gitpod.events().doing(mark::put);
        route.context().getRegistry().bind("handler", handler());
        route.start("exceptionHandler=#handler").awaitOpen();

        route.deliver("a", "b");

        await().until(() -> reported.size() == 2);
        assertThat(reported).allSatisfy(failure -> assertThat(failure).isInstanceOf(RollbackExchangeException.class));
        assertThat(route.ids()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @EnumSource
    void withoutAHandlerOrWithABridgeAnEventIsAWarning(Mark mark) throws Exception {
        for (String options : List.of("bridgeErrorHandler=true", "bridgeErrorHandler=false")) {
            try (EventRoute route = gitpod.events().doing(mark::put)) {
                route.start(options).awaitOpen();
                route.deliver("a");
            }
        }

        assertThat(gitpod.logs().warnings())
                .filteredOn(line -> line.contains("Error processing an event"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("rollback"));
    }

    @ParameterizedTest
    @CsvSource({"ROLLBACK_ONLY, false", "ROLLBACK_ONLY_LAST, false", "ROLLBACK_ONLY, true", "ROLLBACK_ONLY_LAST, true"})
    void anEntryOrABatchComesAgain(Mark mark, boolean batching) throws Exception {
        gitpod.entries(3);
        AuditLogRoute route = gitpod.auditLogs("from=beginning&batching=" + batching)
                .doing(exchange -> {
                    if (!marked.getAndSet(true)) {
                        mark.put(exchange);
                    }
                })
                .start();

        route.delivered(batching ? 2 : 4).polled();

        assertThat(route.exchanges()).hasSize(batching ? 2 : 4);
        assertThat(gitpod.logs().warnings())
                .anySatisfy(line -> assertThat(line).contains("comes again with the next poll", "rollback"));
    }

    @ParameterizedTest
    @CsvSource({"ROLLBACK_ONLY, false", "ROLLBACK_ONLY_LAST, false", "ROLLBACK_ONLY, true", "ROLLBACK_ONLY_LAST, true"})
    void anEntryOrABatchThatIsPassedOverIsReported(Mark mark, boolean batching) throws Exception {
        gitpod.entries(3);
        AuditLogRoute route = gitpod.auditLogs(
                        "from=beginning&breakOnFirstError=false&exceptionHandler=#handler&batching=" + batching)
                .bind("handler", handler())
                .doing(mark::put)
                .start();

        route.delivered(batching ? 1 : 3).polled();

        assertThat(reported).hasSize(batching ? 1 : 3).allSatisfy(failure -> assertThat(failure)
                .isInstanceOf(RollbackExchangeException.class));
    }

    private ExceptionHandler handler() {
        return new ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                reported.add(exception);
            }

            @Override
            public void handleException(String message, Throwable exception) {
                reported.add(exception);
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                reported.add(exception == null ? new AssertionError("no failure") : exception);
            }
        };
    }
}
