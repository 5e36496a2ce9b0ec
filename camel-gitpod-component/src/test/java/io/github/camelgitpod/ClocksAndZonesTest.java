package io.github.camelgitpod;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.RecordedRequest;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** This machine's time zone has no say, and its clock none in what is delivered. More of clocks: {@code LyingClocksTest}. */
@Tag("T8")
@Tag("engine")
class ClocksAndZonesTest {
    /**
     * Of these, each use is for people, for the age of files, for the times of a stream's gaps, or for a server that sends no Date. The component
     * hands its clock to the audit log's reader, which holds the cursor back by it. Data types write when they were made.
     */
    private static final Set<String> MAY_ASK_THE_LOCAL_CLOCK = Set.of(
            "io.github.camelgitpod.GitpodComponent",
            "io.github.camelgitpod.auditlog.walk.SpillDirectory",
            "io.github.camelgitpod.client.SteadyClock",
            "io.github.camelgitpod.client.http.RetryAfter",
            "io.github.camelgitpod.consumer.ClusteredRoute",
            "io.github.camelgitpod.event.EventRecovery",
            "io.github.camelgitpod.event.EventStandby");

    private static final String DATA_TYPES = "io.github.camelgitpod.transform";

    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restoreTheZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    void requestsAndDeliveriesAreTheSameInEveryZoneOverBothChangesOfTheClocks() throws Exception {
        for (String begin : List.of("2026-03-08T05:00:31Z", "2026-11-01T03:00:31Z", "2011-12-30T09:30:31Z")) {
            TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
            List<String> expected = transcript(Instant.parse(begin), Duration.ZERO, Duration.ZERO);
            assertThat(expected).hasSizeGreaterThan(50);
            for (String name : List.of("America/St_Johns", "Pacific/Apia")) {
                TimeZone.setDefault(TimeZone.getTimeZone(name));
                assertThat(transcript(Instant.parse(begin), Duration.ZERO, Duration.ZERO))
                        .as(name + " " + begin)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-10, 0", "0, -10", "0, 10", "-10, -10"})
    void aClockThatStepsTenMinutesLosesAndRepeatsNothing(int server, int machine) throws Exception {
        Instant begin = Instant.parse("2026-02-18T10:00:31Z");
        List<String> deliveries = transcript(begin, Duration.ofMinutes(server), Duration.ofMinutes(machine)).stream()
                .filter(line -> line.startsWith("delivered"))
                .toList();

        assertThat(deliveries).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void theLocalClockIsAskedByThoseThatAreListedOnly() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new ArchitectureTest.OnlyTheComponent())
                .importPackages(GitpodClient.class.getPackageName(), "io.github.camelgitpod");
        assertThat(classes.contain("io.github.camelgitpod.auditlog.reader.AuditLogReader"))
                .isTrue();

        noClasses()
                .that(DescribedPredicate.describe(
                        "are not listed",
                        type -> !MAY_ASK_THE_LOCAL_CLOCK.contains(type.getFullName())
                                && !type.getPackageName().equals(DATA_TYPES)))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("it is the local clock or zone", this::isLocalTime))
                .check(classes);
    }

    private boolean isLocalTime(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        return (name.equals("now") && owner.startsWith("java.time."))
                || (name.equals("currentTimeMillis") && owner.equals(System.class.getName()))
                || (name.startsWith("system")
                        && Stream.of(Clock.class, InstantSource.class, ZoneId.class)
                                .anyMatch(type -> type.getName().equals(owner)))
                || Stream.of(LocalDateTime.class, Calendar.class, TimeZone.class, Date.class)
                        .anyMatch(type -> type.getName().equals(owner));
    }

    /** Two hours of a server's life: what was asked, to the minute, and what was delivered. */
    private static List<String> transcript(Instant begin, Duration serverStep, Duration machineStep) throws Exception {
        MovableClock clock = new MovableClock(begin);
        MovableClock machine = new MovableClock(begin);
        List<String> lines = new ArrayList<>();
        try (GitpodTest gitpod = new GitpodTest(GitpodSimulator.builder().clock(clock))) {
            GitpodSimulator simulator = gitpod.simulator();
            AuditLogRoute route = gitpod.auditLogs("from=1h&lookback=30m");
            route.machineClock(machine);
            route.start();
            IntStream.range(0, 40).forEach(i -> {
                Instant created = begin.plusSeconds(180L * i);
                simulator
                        .auditLog()
                        .add(
                                Entry.at(created).withId(new UUID(created.toEpochMilli(), i).toString()),
                                created.plusSeconds(i % 5 * 300L));
            });
            for (int i = 0; i < 17; i++) {
                boolean steps = i == 6;
                route.betweenPolls(() -> {
                    clock.move(Duration.ofMinutes(10).plus(steps ? serverStep : Duration.ZERO));
                    machine.move(Duration.ofMinutes(10).plus(steps ? machineStep : Duration.ZERO));
                });
            }
            route.polled();
            simulator.requests().of("ListAuditLogs").stream()
                    .map(ClocksAndZonesTest::toTheMinute)
                    .distinct()
                    .forEach(lines::add);
            route.ids().forEach(id -> lines.add("delivered " + id));
        }
        return lines;
    }

    /** Between two answers the time goes on by this machine's monotonic clock: less than a minute, but not the same. */
    private static String toTheMinute(RecordedRequest request) {
        assertThat(request.body()).doesNotContainPattern("T[0-9:.]+[+-]");
        return request.body().replaceAll("(T[0-9]{2}:[0-9]{2}):[0-9:.]+Z", "$1Z");
    }
}
