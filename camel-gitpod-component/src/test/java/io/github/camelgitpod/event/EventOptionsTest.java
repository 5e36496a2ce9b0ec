package io.github.camelgitpod.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.event.group.StreamScopes;
import io.github.camelgitpod.event.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventOptionsTest {
    private static final String A = "d2c94c27-3b76-4a42-b88c-95a85e392c68";
    private static final String B = "e3c94c27-3b76-4a42-b88c-95a85e392c68";
    private static final String PROJECT = "RESOURCE_TYPE_PROJECT";
    private static final String RUNNER = "RESOURCE_TYPE_RUNNER";
    private static final String ENVIRONMENT = "RESOURCE_TYPE_ENVIRONMENT";

    private final EventConfiguration configuration = new EventConfiguration();

    @Test
    void theDefaultIsTheWholeOrganization() {
        StreamSettings settings = settings();

        assertThat(query()).isEqualTo(new EventQuery(null, List.of()));
        assertThat(settings.maxConnectionAge()).isNull();
        assertThat(new EventOptions(configuration).maxStall()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.maxLineBytes()).isEqualTo(1 << 20);
        assertThat(settings.backoff().first()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.backoff().longest()).isEqualTo(Duration.ofSeconds(60));
        assertThat(new EventOptions(configuration).operations()).isEmpty();
    }

    @Test
    void anEnvironmentIsAScopeOfItsOwn() {
        configuration.setEnvironmentId(A.toUpperCase());
        assertThat(query()).isEqualTo(new EventQuery(A, List.of()));

        configuration.setOrganization(false);
        assertThat(query()).isEqualTo(new EventQuery(A, List.of()));
    }

    @Test
    void severalEnvironmentsHaveAStreamEach() {
        configuration.setEnvironmentId("[" + A + ", " + B + "," + A + "]");

        assertThat(new EventOptions(configuration).toScopes())
                .isEqualTo(new StreamScopes(
                        List.of(new EventQuery(A, List.of()), new EventQuery(B, List.of())), false, 100));
    }

    @Test
    void anAsteriskMeansTheOrganizationAndEveryEnvironment() {
        configuration.setEnvironmentId("*");
        configuration.setMaxStreams(7);

        assertThat(new EventOptions(configuration).toScopes())
                .isEqualTo(new StreamScopes(List.of(new EventQuery(null, List.of())), true, 7));
    }

    @Test
    void eachTypeIsAFilterWithAllTheIds() {
        configuration.setResourceTypes("[RESOURCE_TYPE_PROJECT, runner, Runner]");
        configuration.setResourceIds(A + " , " + B);
        configuration.setCreatorIds("[" + B + "]");

        assertThat(query().filters())
                .containsExactly(
                        new ResourceTypeFilter(PROJECT, List.of(A, B), List.of(B)),
                        new ResourceTypeFilter(RUNNER, List.of(A, B), List.of(B)));
    }

    @Test
    void idsWithoutTypesAreForEachTypeThatTheOrganizationCarries() {
        configuration.setCreatorIds(A);

        assertThat(query().filters())
                .containsExactly(
                        new ResourceTypeFilter(PROJECT, List.of(), List.of(A)),
                        new ResourceTypeFilter(RUNNER, List.of(), List.of(A)),
                        new ResourceTypeFilter(ENVIRONMENT, List.of(), List.of(A)));
    }

    @Test
    void theFullFormSetsEachFilter() {
        configuration.setResourceTypeFilters("""
                [{"resourceType": "environment", "creatorIds": ["%s"]}, {"resourceType": "RESOURCE_TYPE_PROJECT",
                  "resourceIds": ["%s", "%s"]}]""".formatted(A, A, B));

        assertThat(query().filters())
                .containsExactly(
                        new ResourceTypeFilter(ENVIRONMENT, List.of(), List.of(A)),
                        new ResourceTypeFilter(PROJECT, List.of(A, B), List.of()));
    }

    @Test
    void operationsAreNamedInFullOrShort() {
        configuration.setOperations("create,RESOURCE_OPERATION_DELETE,Update_Status");

        assertThat(new EventOptions(configuration).operations())
                .containsExactlyInAnyOrder(
                        "RESOURCE_OPERATION_CREATE", "RESOURCE_OPERATION_DELETE", "RESOURCE_OPERATION_UPDATE_STATUS");
    }

    @Test
    void fullNamesThatAreNewerThanThisVersionAreUsedAsTheyAre() {
        configuration.setOperations("delete,RESOURCE_OPERATION_ARCHIVE");
        configuration.setResourceTypes("RESOURCE_TYPE_NEW_THING");
        assertThat(new EventOptions(configuration).operations())
                .containsExactlyInAnyOrder("RESOURCE_OPERATION_DELETE", "RESOURCE_OPERATION_ARCHIVE");
        assertThat(query().filters())
                .containsExactly(new ResourceTypeFilter("RESOURCE_TYPE_NEW_THING", List.of(), List.of()));

        configuration.setResourceTypes(null);
        configuration.setResourceTypeFilters("[{\"resourceType\": \"RESOURCE_TYPE_NEW_THING\"}]");
        assertThat(query().filters())
                .containsExactly(new ResourceTypeFilter("RESOURCE_TYPE_NEW_THING", List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100B, 100", "512KB, 524288", "2 mb, 2097152", "100MB, 104857600", "104857600, 104857600"})
    void sizesHaveUnits(String size, int bytes) {
        configuration.setMaxLineBytes(size);

        assertThat(settings().maxLineBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"none |", "RELIST | relist", "auditlogs | auditLogs", "[auditLogs, relist] | relist,auditLogs"})
    void aGapIsRecoveredInSeveralWays(String value, String ways) {
        configuration.setReconcile(value);

        assertThat(new EventOptions(configuration).recoveries().stream().map(Enum::name))
                .containsExactly(ways == null ? new String[0] : ways.split(","));
    }

    static Stream<Arguments> wrong() {
        String ids25 = ids(25);
        return Stream.of(
                wrong("environmentId has the value x", c -> c.setEnvironmentId("x"), "UUID"),
                wrong("environmentId=*," + A, c -> c.setEnvironmentId("*," + A), "or *"),
                wrong("maxStreams=0", c -> c.setMaxStreams(0), "1 or more"),
                wrong("maxStall=0", c -> c.setMaxStall(0), "1 ms"),
                wrong("maxConnectionAge=-1", c -> c.setMaxConnectionAge(-1), "1 ms"),
                wrong(
                        "organization=false contradicts environmentId=*",
                        c -> {
                            c.setOrganization(false);
                            c.setEnvironmentId("*");
                        },
                        "true"),
                wrong("reconcile=relist,all", c -> c.setReconcile("relist,all"), "none, relist, auditLogs"),
                wrong("reconcile=none,relist", c -> c.setReconcile("none,relist"), "none, relist, auditLogs"),
                wrong("environmentId is empty", c -> c.setEnvironmentId(" "), "UUID"),
                wrong("organization=false", c -> c.setOrganization(false), "environmentId"),
                wrong(
                        "organization=true and environmentId=" + A,
                        c -> {
                            c.setOrganization(true);
                            c.setEnvironmentId(A);
                        },
                        "one of them"),
                wrong("resourceTypes=project", inEnvironment(c -> c.setResourceTypes("project")), "organization scope"),
                wrong("resourceIds=" + A, inEnvironment(c -> c.setResourceIds(A)), "organization scope"),
                wrong("creatorIds=" + A, inEnvironment(c -> c.setCreatorIds(A)), "organization scope"),
                wrong(
                        "resourceTypeFilters=[]",
                        inEnvironment(c -> c.setResourceTypeFilters("[]")),
                        "organization scope"),
                wrong("resourceTypes", c -> c.setResourceTypes("projekt"), "project"),
                wrong("resourceTypes", c -> c.setResourceTypes("project,,runner"), "single commas"),
                wrong("resourceTypes", c -> c.setResourceTypes("unspecified"), "project"),
                wrong("resourceTypes", c -> c.setResourceTypes("task"), "environmentId"),
                wrong("resourceTypes", c -> c.setResourceTypes("project,task_execution"), "environmentId"),
                wrong("resourceTypes", c -> c.setResourceTypes("RESOURCE_TYPE_SERVICE"), "environmentId"),
                wrong("resourceIds", c -> c.setResourceIds("1-1-1-1-1"), "UUID"),
                wrong("creatorIds", c -> c.setCreatorIds("me"), "UUID"),
                wrong("resourceIds has 26 ids", c -> c.setResourceIds(ids25 + "," + A), "25"),
                wrong("creatorIds has 26 ids", c -> c.setCreatorIds(ids25 + "," + A), "25"),
                wrong("operations", c -> c.setOperations("created"), "create"),
                wrong("operations", c -> c.setOperations("RESOURCE_TYPE_USER"), "create"),
                wrong("resourceTypes", c -> c.setResourceTypes("PRINCIPAL_USER"), "project"),
                json("[{\"resourceType\":\"PRINCIPAL_USER\"}]", "project"),
                json("{}", "array"),
                json("[]", "1 to 50"),
                json("[", "not JSON"),
                json("[] []", "not JSON"),
                json("[17]", "resourceType"),
                json("[{}]", "resourceType"),
                json("[{\"resourceType\":\"project,runner\"}]", "several types"),
                json("[{\"resourceType\":\"project\",\"typo\":1}]", "typo"),
                json("[{\"resourceType\":\"task\"}]", "environmentId"),
                json("[{\"resourceType\":\"projekt\"}]", "project"),
                json("[{\"resourceType\":\"project\",\"resourceIds\":\"" + A + "\"}]", "array"),
                json("[{\"resourceType\":\"project\",\"resourceIds\":[1]}]", "texts"),
                json("[{\"resourceType\":\"project\",\"creatorIds\":[\"x\"]}]", "UUID"),
                json(
                        "[{\"resourceType\":\"project\",\"creatorIds\":[\"" + ids(26).replace(",", "\",\"") + "\"]}]",
                        "25"),
                json("[" + ("{\"resourceType\":\"project\"},").repeat(50) + "{\"resourceType\":\"project\"}]", "50"),
                wrong(
                        "resourceTypeFilters=[{}]",
                        c -> {
                            c.setResourceTypes("project");
                            c.setResourceTypeFilters("[{}]");
                        },
                        "one form"),
                wrong("reconnectDelay=0", c -> c.setReconnectDelay(0), "1 ms"),
                wrong("maxReconnectDelay=999ms", c -> c.setMaxReconnectDelay(999), "reconnectDelay=1s"),
                wrong("idleTimeout=0", c -> c.setIdleTimeout(0), "1 ms"),
                wrong("idleTimeout=-1", c -> c.setIdleTimeout(-1), "1 ms"),
                wrong("idleTimeout=24d20h31m23s648ms", c -> c.setIdleTimeout(1L << 31), "24 days"),
                wrong("maxLineBytes=0", c -> c.setMaxLineBytes("0"), "100MB"),
                wrong("maxLineBytes=101MB", c -> c.setMaxLineBytes("101MB"), "100MB"),
                wrong("maxLineBytes=1GB", c -> c.setMaxLineBytes("1GB"), "100MB"),
                wrong("maxLineBytes=big", c -> c.setMaxLineBytes("big"), "100MB"),
                wrong("maxLineBytes=-1", c -> c.setMaxLineBytes("-1"), "100MB"),
                wrong("maxLineBytes=null", c -> c.setMaxLineBytes(null), "100MB"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aWrongValueIsNamedWithItsOptionAndWhatIsAllowed(
            String named, Consumer<EventConfiguration> mistake, String allowed) {
        mistake.accept(configuration);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    settings();
                    EventOptions options = new EventOptions(configuration);
                    options.toScopes();
                    options.maxStall();
                    options.operations();
                    options.recoveries();
                })
                .withMessageContaining(named)
                .withMessageContaining("allowed")
                .withMessageContaining(allowed);
    }

    @Test
    void theLimitsThemselvesAreAllowed() {
        configuration.setResourceIds(ids(25));
        assertThat(query().filters()).hasSize(3);

        configuration.setResourceIds(null);
        configuration.setResourceTypeFilters(
                "[" + ("{\"resourceType\":\"project\"},").repeat(49) + "{\"resourceType\":\"project\"}]");
        assertThat(query().filters()).hasSize(50);
    }

    private StreamSettings settings() {
        return new EventOptions(configuration).toSettings(() -> 0.5);
    }

    private EventQuery query() {
        return new EventOptions(configuration).toScopes().queries().get(0);
    }

    private static Arguments wrong(String named, Consumer<EventConfiguration> mistake, String allowed) {
        return Arguments.of(named, mistake, allowed);
    }

    private static Arguments json(String value, String allowed) {
        return Arguments.of(
                "resourceTypeFilters", (Consumer<EventConfiguration>) c -> c.setResourceTypeFilters(value), allowed);
    }

    private static Consumer<EventConfiguration> inEnvironment(Consumer<EventConfiguration> mistake) {
        return configuration -> {
            configuration.setEnvironmentId(A);
            mistake.accept(configuration);
        };
    }

    private static String ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new UUID(1, i).toString())
                .collect(Collectors.joining(","));
    }
}
