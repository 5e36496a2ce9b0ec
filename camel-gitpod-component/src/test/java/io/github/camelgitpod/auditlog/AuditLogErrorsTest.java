package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors, which are no exceptions, out of a route or out of what a poll uses. */
@Timeout(60)
class AuditLogErrorsTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final AtomicBoolean thrown = new AtomicBoolean();

    static Stream<Error> errors() {
        return Stream.of(new AssertionError("once"), new StackOverflowError("once"), new OutOfMemoryError("once"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorOfOneExchangeDoesNotEndThePolls(Error error) throws Exception {
        List<String> ids = gitpod.entries(3);
        AuditLogRoute route = gitpod.auditLogs("from=beginning").doing(exchange -> {
            if (!thrown.getAndSet(true)) {
                throw error;
            }
        });

        route.start().delivered(4);

        // The first one comes again.
        assertThat(route.ids()).containsExactly(ids.get(0), ids.get(0), ids.get(1), ids.get(2));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorOfAPollDoesNotEndThePolls(Error error) throws Exception {
        gitpod.entries(3);
        AuditLogRoute route = gitpod.auditLogs("from=beginning&idempotentRepository=#broken")
                .bind("broken", new MemoryIdempotentRepository() {
                    @Override
                    public boolean add(String key) {
                        if (!thrown.getAndSet(true)) {
                            throw error;
                        }
                        return super.add(key);
                    }
                });

        route.start().delivered(3);

        assertThat(route.failures()).hasSize(1).first().satisfies(failure -> assertThat(failure)
                .hasStackTraceContaining(error.toString()));
        await().until(() -> route.health().getState() == HealthCheck.State.UP);
    }
}
