package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers of tomorrow, and odd ones, may send is passed on to the byte, in its place by time. */
@Tag("T24")
class StrangeEntriesTest {
    private static final List<String> TEXTS = List.of(
            "\"createdAt\":\"2026-02-18T10:00:00Z\"",
            "\"createdAt\":\"2026-02-18T12:00:00.123+02:00\",\"actorPrincipal\":\"PRINCIPAL_OF_TOMORROW\"",
            "\"createdAt\":\"2026-02-18T10:00:00.123456Z\",\"kind\":\"AUDIT_LOG_ENTRY_KIND_OF_TOMORROW\"",
            "\"createdAt\":\"2026-02-18T10:00:00.123456789Z\",\"new\":{\"deep\":[1.50,null,\"\\u00e9\"]}",
            "\"createdAt\":\"2026-02-18T06:30:00.123456790-03:30\",\"kind\":null",
            "  \"createdAt\" : \"2026-02-18T10:00:01.5Z\" , \"actorId\":\"\"",
            "\"createdAt\":\"2026-02-18T10:00:01.500000001Z\",\"subjectType\":{\"not\":\"a string\"}",
            "\"createdAt\":\"2026-02-18T10:00:02Z\",\"action\":\"\\ud83d\\ude80 \u2028 \\\"quoted\\\"\"");

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @ParameterizedTest
    @EnumSource(
            value = ServerKind.class,
            names = {"MODERN", "LEGACY_IGNORES"})
    void arePassedOnByteForByte(ServerKind kind) throws Exception {
        simulator.serverKind(kind);
        List<String> texts = IntStream.range(0, TEXTS.size())
                .mapToObj(i -> "{\"id\":\"01951d94-d6ac-7edf-9021-00000000000" + i + "\"," + TEXTS.get(i) + "}")
                .toList();
        simulator.auditLog().addAll(texts.stream().map(Entry::ofJson).toList());

        AuditLogRoute route = gitpod.auditLogs("from=beginning&pageSize=2").start();
        route.delivered(texts.size()).polled();
        assertThat(route.exchanges())
                .extracting(exchange -> exchange.getMessage().getBody(String.class))
                .containsExactlyElementsOf(texts);
        assertThat(route.exchanges())
                .extracting(exchange ->
                        exchange.getMessage().getBody(AuditLogEntry.class).createdAt())
                .isSorted()
                .contains(Instant.parse("2026-02-18T10:00:00.123456790Z"));
        assertThat(route.exchanges().get(1).getMessage().getHeaders())
                .containsEntry(GitpodConstants.CREATED_AT, "2026-02-18T12:00:00.123+02:00")
                .containsEntry(GitpodConstants.ACTOR_PRINCIPAL, "PRINCIPAL_OF_TOMORROW")
                .doesNotContainKey(GitpodConstants.LATE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIdForgesNoLineOfTheLog(boolean batching) throws Exception {
        simulator
                .auditLog()
                .add(Entry.ofJson("{\"id\":\"a\\n12:00:00 ERROR forged\",\"createdAt\":\"2026-02-18T10:00:00Z\"}"));

        gitpod.auditLogs("from=beginning&breakOnFirstError=false&batching=" + batching)
                .doing(exchange -> {
                    throw new IllegalStateException("cannot digest this one");
                })
                .start();

        await().until(() ->
                gitpod.logs().messages().stream().anyMatch(text -> text.contains("a\\u000a12:00:00 ERROR forged")));
        assertThat(gitpod.logs().messages()).noneMatch(text -> text.contains("\n12:00:00"));
    }
}
