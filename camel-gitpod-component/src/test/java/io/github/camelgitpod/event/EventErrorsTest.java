package io.github.camelgitpod.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors, which are no exceptions, out of a route. */
@Timeout(60)
class EventErrorsTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final EventRoute route = gitpod.events();

    static Stream<Error> errors() {
        return Stream.of(new AssertionError("once"), new StackOverflowError("once"), new OutOfMemoryError("once"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorOfOneExchangeDoesNotEndTheStream(Error error) throws Exception {
        AtomicBoolean thrown = new AtomicBoolean();
        route.doing(exchange -> {
                    if (!thrown.getAndSet(true)) {
                        throw error;
                    }
                })
                .start()
                .awaitOpen();

        route.deliver("a", "b");

        assertThat(route.ids()).containsExactly("a", "b");
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorOfTheExceptionHandlerDoesNotEndTheStream(Error error) throws Exception {
        route.context().getRegistry().bind("broken", ExceptionHandler.class, new BrokenHandler(error));
        route.doing(exchange -> {
                    throw new IllegalStateException("fails");
                })
                .start("exceptionHandler=#broken")
                .awaitOpen();

        route.deliver("a", "b");

        assertThat(route.ids()).containsExactly("a", "b");
    }

    private record BrokenHandler(Error error) implements ExceptionHandler {
        @Override
        public void handleException(Throwable exception) {
            throw error;
        }

        @Override
        public void handleException(String message, Throwable exception) {
            throw error;
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            throw error;
        }
    }
}
