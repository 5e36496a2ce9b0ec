package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.auditlog.AuditLogConsumer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options as tools see them. */
class OptionsTest {
    /** Of consumers of both resources. */
    private static final Set<String> COMMON_CONSUMER = Set.of(
            "bridgeErrorHandler",
            "exceptionHandler",
            "exchangePattern",
            "stateRepository",
            "stateDirectory",
            "stateKey",
            "batching");
    /** Camel's, of producers. */
    private static final Set<String> COMMON_PRODUCER = Set.of("lazyStartProducer");

    @Test
    void everyOptionIsKnownToBelongToOneResourceOrToBoth() throws IOException {
        Set<String> known = new TreeSet<>(COMMON_CONSUMER);
        known.addAll(COMMON_PRODUCER);
        known.addAll(GitpodResource.auditLogs.ownOptions());
        known.addAll(GitpodResource.events.ownOptions());
        known.addAll(
                options(option -> option.path("configurationClass").asText().endsWith(".GitpodConfiguration")));
        known.add("resource");

        assertThat(known).isEqualTo(options(any -> true));
        assertThat(GitpodResource.auditLogs.ownOptions())
                .doesNotContainAnyElementsOf(GitpodResource.events.ownOptions());
    }

    /** Else the catalog, and the tools that read it, would offer what is refused. */
    @Test
    void labelsSayWhatConsumersAndProducersRefuse() throws IOException {
        Set<String> ofProducers = options(option -> isOf("producer", option));
        ofProducers.removeAll(COMMON_PRODUCER);
        Set<String> ofConsumers = options(option -> isOf("consumer", option));
        // Camel's, which it takes out of every URI, or which says how to send.
        ofConsumers.removeAll(Set.of("bridgeErrorHandler", "exceptionHandler", "exchangePattern"));

        assertThat(OptionRole.consumer.optionsOfTheOther()).isEqualTo(ofProducers);
        assertThat(OptionRole.producer.optionsOfTheOther()).isEqualTo(ofConsumers);
    }

    private static boolean isOf(String role, JsonNode option) {
        return option.path("label").asText().startsWith(role);
    }

    @Test
    void theTokenIsTheOnlySecretAndIsMarked() throws IOException {
        assertThat(options(option -> option.path("secret").asBoolean())).containsExactly("accessToken");
    }

    @ParameterizedTest
    @CsvSource({
        "timeUnit=SECONDS, 30000",
        "delay=5&timeUnit=SECONDS, 5000",
        "DELAY=5&TIMEUNIT=seconds, 5000",
        "delay=5s&timeUnit=MINUTES, 5000",
        "delay=5000, 5000",
        "delay=PT5S, 5000",
        "delay=#bean:pause, 5000",
        "delay=#millis, 5000"
    })
    void theUnitOfTimesIsForNumbersOnly(String options, long delay) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("pause", Duration.ofSeconds(5));
            context.getRegistry().bind("millis", 5000L);
            AuditLogConsumer consumer =
                    (AuditLogConsumer) context.getEndpoint("gitpod:auditLogs?accessToken=t&" + options)
                            .createConsumer(exchange -> {});

            assertThat(consumer.getTimeUnit().toMillis(consumer.getDelay())).isEqualTo(delay);
        }
    }

    @Test
    void thePlusOfAnOffsetMayArriveAsABlank() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GitpodEndpoint endpoint = context.getEndpoint(
                    "gitpod:auditLogs?accessToken=t&from=2026-11-24T00:00:00+02:00&to=9999-12-31",
                    GitpodEndpoint.class);

            assertThat(endpoint.getAuditLogConfiguration().getFrom()).isEqualTo("2026-11-24T00:00:00 02:00");
            assertThat(endpoint.createConsumer(exchange -> {})).isNotNull();
        }
    }

    /** As camel-main, Quarkus and the Spring Boot starter set them. */
    @ParameterizedTest
    @CsvSource({
        "requestTimeout, 5M, is no duration",
        "connect-timeout, 1w, is no duration",
        "MAXRETRYAFTER, abc, is no duration",
        "maxRetries, abc, is no number",
        "proxyPort, 4294967297, is no number"
    })
    void aPropertyOfTheComponentIsReadAsStrictly(String property, String value, String problem) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GitpodComponent component = context.getComponent("gitpod", GitpodComponent.class);

            assertThatThrownBy(() -> set(context, component, property, value))
                    .cause()
                    .hasMessageContaining("=" + value + " " + problem);
        }
    }

    @Test
    void optionsAreFoundInEveryLocale() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        String id = "d2c94c27-3b76-4a42-b88c-95a85e392c68";
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GitpodEndpoint auditLogs = context.getEndpoint(
                    "gitpod:AUDITLOGS?actorIds=" + id + "&SUBJECTIDS=" + id
                            + "&subjectTypes=integration&initialDelay=7&sweepInterval=1h&maxmessagesperpoll=3",
                    GitpodEndpoint.class);
            assertThat(auditLogs.getAuditLogConfiguration().getActorIds()).isEqualTo(id);
            assertThat(auditLogs.getAuditLogConfiguration().getSubjectIds()).isEqualTo(id);
            assertThat(auditLogs.getAuditLogConfiguration().getSweepInterval()).isEqualTo(3_600_000);
            assertThat(auditLogs.getAuditLogConfiguration().getMaxMessagesPerPoll())
                    .isEqualTo(3);
            assertThat(auditLogs.getInitialDelay()).isEqualTo(7);
            GitpodEndpoint events =
                    context.getEndpoint("gitpod:events?environmentId=" + id + "&idleTimeout=7s", GitpodEndpoint.class);
            assertThat(events.getEventConfiguration().getEnvironmentId()).isEqualTo(id);
            assertThat(events.getEventConfiguration().getIdleTimeout()).isEqualTo(7_000);

            GitpodComponent component = context.getComponent("gitpod", GitpodComponent.class);
            set(context, component, "allowInsecureHttp", "true");
            set(context, component, "max-retries", "7");
            set(context, component, "CONNECTTIMEOUT", "7s");
            assertThat(component.getConfiguration().isAllowInsecureHttp()).isTrue();
            assertThat(component.getConfiguration().getMaxRetries()).isEqualTo(7);
            assertThat(component.getConfiguration().getConnectTimeout()).isEqualTo(7_000);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void set(DefaultCamelContext context, GitpodComponent component, String property, String value) {
        boolean found = PropertyBindingSupport.build()
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withIgnoreCase(true)
                .bind(context, component, property, value);
        assertThat(found).as(property).isTrue();
    }

    private static Set<String> options(Predicate<JsonNode> which) throws IOException {
        try (InputStream json = OptionsTest.class.getResourceAsStream("/META-INF/io/github/camelgitpod/gitpod.json")) {
            Set<String> names = new TreeSet<>();
            for (Map.Entry<String, JsonNode> option :
                    new ObjectMapper().readTree(json).get("properties").properties()) {
                if (which.test(option.getValue())) {
                    names.add(option.getKey());
                }
            }
            return names;
        }
    }
}
