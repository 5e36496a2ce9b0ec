package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.TwoOrganizations;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A cursor belongs to one organization at one address. */
@Timeout(60)
class CursorOwnerTest {
    private static final String IDENTITY = "GetAuthenticatedIdentity";
    private static final String ONE = "token-of-one";
    private static final String OTHER = "token-of-other";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final TwoOrganizations both = new TwoOrganizations();
    private final GitpodSimulator one = both.one();
    private final GitpodSimulator other = both.other();

    CursorOwnerTest() throws IOException {}

    @BeforeEach
    void entries() {
        for (GitpodSimulator simulator : List.of(one, other)) {
            IntStream.range(0, 5).forEach(i -> simulator.auditLog().add(Entry.at(GitpodTest.HOUR_AGO.plusSeconds(i))));
        }
    }

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void anotherOrganizationsTokenIsRefusedInWordsAndItsOwnTokenGoesOn() throws Exception {
        firstRun();
        Entry next = one.auditLog().add(Entry.at(one.now()));

        AuditLogRoute route = route(OTHER, "").start().polled();

        assertThat(route.exchanges()).isEmpty();
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getDetails()).containsEntry("gitpod.state", "FAILED");
        assertThat(route.failures().get(0))
                .hasMessageContaining(
                        "stored cursor is of organization " + one.organizationId() + " at " + both.baseUrl())
                .hasMessageContaining("of organization " + other.organizationId())
                .hasMessageContaining("onFilterChange=keep or onFilterChange=reset")
                .hasMessageNotContaining(OTHER);

        route.token(ONE);
        route.delivered(1).polled();
        assertThat(route.ids()).containsExactly(next.id());
    }

    @Test
    void itIsToldInOneLine() throws Exception {
        firstRun();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(OutageLog.class);
        log.start();
        logger.addAppender(log);
        try {
            route(OTHER, "").start().polled().polled();
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).containsOnlyOnce("The stored cursor is of"))
                .satisfies(line -> assertThat(line.getThrowableProxy()).isNull());
    }

    @Test
    void resetBeginsAtFrom() throws Exception {
        firstRun();

        AuditLogRoute route =
                route(OTHER, "&onFilterChange=reset").start().delivered(5).polled();

        assertThat(route.ids()).containsExactlyElementsOf(other.auditLog().ids());
        assertThat(state()).contains("\"organization\":\"" + other.organizationId() + "\"");
    }

    @Test
    void keepGoesOnFromTheCursorAndIsSaidOnce() throws Exception {
        firstRun();
        Entry next = other.auditLog().add(Entry.at(other.now()));

        try (AuditLogRoute route =
                route(OTHER, "&onFilterChange=keep&sweepInterval=1s").start()) {
            route.delivered(1).polled();
            assertThat(route.ids()).endsWith(next.id());
        }
        // It is that organization's cursor now.
        AuditLogRoute route = route(OTHER, "").start().polled();
        assertThat(route.exchanges()).isEmpty();
        assertThat(route.failures()).isEmpty();
        assertThat(gitpod.logs().warnings())
                .filteredOn(line -> line.contains("what is read now is of"))
                .singleElement()
                .asString()
                .contains(one.organizationId(), other.organizationId());
    }

    @Test
    void aTokenThatIsReplacedByAnotherOrganizationsDuringAReadDeliversNothingOfIt() throws Exception {
        AuditLogRoute route = route(ONE, "&pageSize=2&concurrentRequests=1");
        route.doing(exchange -> {
            if (route.exchanges().size() == 2) {
                route.token(OTHER);
            }
        });
        route.start().delivered(2).polled();

        await().until(() ->
                route.failures().stream().anyMatch(e -> e.getMessage().contains("onFilterChange")));
        assertThat(one.auditLog().ids()).containsAll(route.ids());
        assertThat(other.auditLog().ids()).doesNotContainAnyElementsOf(route.ids());

        route.doing(exchange -> {}).token(ONE);
        route.delivered(5).polled();
        assertThat(route.ids()).containsExactlyElementsOf(one.auditLog().ids());
    }

    @Test
    void aNewTokenOfTheSameOrganizationGoesOn() throws Exception {
        AuditLogRoute route = route(gitpod.simulator(), "");
        gitpod.entries(3);
        route.start().delivered(3);
        gitpod.simulator().rotateAccessToken("another");
        route.token("another");
        Entry next =
                gitpod.simulator().auditLog().add(Entry.at(gitpod.simulator().now()));

        route.delivered(4).polled();

        assertThat(route.ids()).endsWith(next.id()).hasSize(4);
    }

    @Test
    void anotherAddressIsRefusedAtStartAndTheSameOneWrittenDifferentlyIsNot() throws Exception {
        gitpod.entries(3);
        try (AuditLogRoute route = route(gitpod.simulator(), "").start()) {
            route.delivered(3).polled();
        }
        String written = gitpod.simulator().baseUrl();
        try (AuditLogRoute route = route(gitpod.simulator(), "")) {
            route.configuration().setBaseUrl(written.replace("http:", "HTTP:") + "/");
            route.start().polled();
            assertThat(route.failures()).isEmpty();
            assertThat(route.exchanges()).isEmpty();
        }

        AuditLogRoute route = route(gitpod.simulator(), "");
        route.configuration().setBaseUrl(both.baseUrl());
        assertThatThrownBy(route::start)
                .hasMessageContainingAll(written, both.baseUrl(), "onFilterChange=keep or onFilterChange=reset");
    }

    @Test
    void aStateOfAnEarlierVersionIsTakenOverOnce() throws Exception {
        firstRun();
        CrashSafeFileStateRepository files = new CrashSafeFileStateRepository(gitpod.directory());
        String earlier = files.getState("audit/auditLogs").replaceAll("\"(baseUrl|organization)\":\"[^\"]*\",", "");
        files.setState("audit/auditLogs", earlier);

        try (AuditLogRoute route = route(ONE, "").start()) {
            route.polled();
            assertThat(route.exchanges()).isEmpty();
        }
        assertThat(state()).contains(one.organizationId(), both.baseUrl());
        AuditLogRoute route = route(OTHER, "").start().polled();
        assertThat(route.failures()).isNotEmpty();
    }

    /** A server that cannot answer only this holds up nothing for ever, and moves no cursor that may be another's. */
    @Test
    void whileItIsNotKnownWhoseTokenItIsNothingIsLost() throws Exception {
        firstRun();
        Entry ofOne = one.auditLog().add(Entry.at(one.now().minusSeconds(10)));
        Entry ofOther = other.auditLog().add(Entry.at(other.now().minusSeconds(5)));
        other.trouble().on(IDENTITY).respond(503, "unavailable", "later");

        try (AuditLogRoute route = route(OTHER, "&lookback=0").start()) {
            await().until(() -> route.ids().contains(ofOther.id()));
            assertThat(route.failures()).hasSize(2);
            assertThat(route.exchanges().get(0).getMessage().getHeaders())
                    .doesNotContainKey(GitpodConstants.ORGANIZATION_ID);
        }

        AuditLogRoute route = route(ONE, "").start().delivered(1).polled();
        assertThat(route.ids()).containsExactly(ofOne.id());
    }

    @Test
    void aServerThatDoesNotTellIsAskedOnceAndReadAll() throws Exception {
        one.trouble().on(IDENTITY).respond(404, "not_found", "unknown");

        AuditLogRoute route = route(ONE, "").start().delivered(5).polled();

        assertThat(route.failures()).isEmpty();
        assertThat(headers(route)).containsOnlyNulls();
        assertThat(one.requests().count(IDENTITY)).isEqualTo(1);
    }

    @Test
    void theHeaderTellsTheOrganizationWithOneRequestAStart() throws Exception {
        AuditLogRoute route = route(ONE, "").start().delivered(5).polled();

        assertThat(headers(route)).containsOnly(one.organizationId());
        assertThat(one.requests().count(IDENTITY)).isEqualTo(1);

        AuditLogRoute batches =
                route(OTHER, "&batching=true&stateKey=batches").start().delivered(1);
        assertThat(headers(batches)).containsOnly(other.organizationId());
    }

    private List<Object> headers(AuditLogRoute route) {
        return route.exchanges().stream()
                .map(Exchange::getMessage)
                .map(message -> message.getHeader(GitpodConstants.ORGANIZATION_ID))
                .toList();
    }

    private void firstRun() throws Exception {
        try (AuditLogRoute route = route(ONE, "").start()) {
            route.delivered(5).polled();
        }
    }

    private AuditLogRoute route(GitpodSimulator simulator, String options) {
        return gitpod.auditLogs("from=beginning&maxRetries=0&" + gitpod.state() + options);
    }

    private AuditLogRoute route(String token, String options) {
        AuditLogRoute route = route(gitpod.simulator(), options);
        route.configuration().setBaseUrl(both.baseUrl());
        route.token(token);
        return route;
    }

    private String state() {
        return new CrashSafeFileStateRepository(gitpod.directory()).getState("audit/auditLogs");
    }
}
