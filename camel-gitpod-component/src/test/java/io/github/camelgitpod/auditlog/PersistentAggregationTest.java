package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.MemoryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Entries that are collected in a database come out of it as they went in, also in another process. */
class PersistentAggregationTest {
    /** Camel lets none but its own classes out of the database, unless it is told which. */
    private static final String FILTER = "java.**;org.apache.camel.**;io.github.camelgitpod.model.**;!*";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final List<String> ids = gitpod.entries(5);
    private final JdbcDataSource database = MemoryDatabase.create();
    private final CountDownLatch taken = new CountDownLatch(5);
    private final List<Object> completed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void createTables() {
        JdbcTemplate sql = new JdbcTemplate(database);
        for (String table : List.of("kept", "kept_completed")) {
            sql.execute("create table " + table + " (id varchar(255) primary key, exchange blob, version bigint)");
        }
    }

    @Test
    void theListThatOneProcessBeganAnotherOneCompletes() throws Exception {
        try (DefaultCamelContext first = context(list(), 6)) {
            first.start();
            taken.await();
        }
        gitpod.simulator().auditLog().add(Entry.at(HOUR_AGO.plusSeconds(5)));
        try (DefaultCamelContext second = context(list(), 6)) {
            second.start();
            await().until(() -> completed.size() == 1);
        }

        assertThat((List<?>) completed.get(0))
                .hasSize(6)
                .extracting(body -> ((AuditLogEntry) body).id())
                .startsWith(ids.toArray(String[]::new));
    }

    @Test
    void oneBodyStaysWhatItIs() throws Exception {
        try (DefaultCamelContext context = context(PersistentAggregationTest::latest, 5)) {
            context.start();
            await().until(() -> completed.size() == 1);
        }

        assertThat(completed.get(0)).isInstanceOfSatisfying(AuditLogEntry.class, entry -> assertThat(entry.id())
                .isEqualTo(ids.get(4)));
    }

    /** In the body: groupedBody() has it in a property of the exchange, which Camel does not store. */
    private static AggregationStrategy list() {
        return AggregationStrategies.flexible().accumulateInCollection(ArrayList.class);
    }

    /** The last one; Camel wants it in the first one's exchange. */
    private static Exchange latest(Exchange first, Exchange next) {
        if (first == null) {
            return next;
        }
        first.getMessage().setBody(next.getMessage().getBody());
        return first;
    }

    private DefaultCamelContext context(AggregationStrategy strategy, int size) throws Exception {
        JdbcAggregationRepository repository =
                new JdbcAggregationRepository(new DataSourceTransactionManager(database), "kept", database);
        repository.setDeserializationFilter(FILTER);
        DefaultCamelContext context = gitpod.context();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&initialDelay=0&delay=20ms&stateKey=kept&" + gitpod.state())
                        .onCompletion()
                        .process(exchange -> taken.countDown())
                        .end()
                        .aggregate(constant(true), strategy)
                        .aggregationRepository(repository)
                        .completionSize(size)
                        .process(exchange -> completed.add(exchange.getMessage().getBody()));
            }
        });
        return context;
    }
}
