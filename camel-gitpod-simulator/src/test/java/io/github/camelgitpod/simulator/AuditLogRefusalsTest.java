package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.protocol.Json;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogRefusalsTest {

    @RegisterExtension
    static final GitpodSimulatorExtension EXTENSION = new GitpodSimulatorExtension();

    private final SimulatorClient client = new SimulatorClient(EXTENSION.simulator());

    private static void assertInvalid(HttpResponse<String> response, String message) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode error = Json.read(response.body());
        assertThat(error.get("code").asText()).isEqualTo("invalid_argument");
        assertThat(error.get("message").asText()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "'' | a JSON object is expected",
                "[] | a JSON object is expected",
                "{} {} | invalid JSON",
                "{\"filter\":{},\"filter\":{}} | invalid JSON",
                "{\"unknown\":1} | unknown field \"unknown\"",
                "{\"filter\":{\"since\":\"x\"}} | unknown field \"since\"",
                "{\"filter\":{\"actor_ids\":[],\"actorIds\":[]}} | duplicate field \"actorIds\"",
                "{\"filter\":{\"actor_names\":[]}} | unknown field \"actor_names\"",
                "{\"pagination\":{\"page\":1}} | unknown field \"page\"",
                "{\"sort\":{\"by\":\"x\"}} | unknown field \"by\"",
                "{\"filter\":[]} | filter: a JSON object is expected",
                "{\"filter\":{\"actorIds\":\"x\"}} | filter.actor_ids: invalid value",
                "{\"filter\":{\"actorIds\":[7]}} | filter.actor_ids: invalid value",
                "{\"filter\":{\"actorIds\":[\"me\"]}} | filter.actor_ids: value must be a valid UUID",
                "{\"filter\":{\"subjectIds\":[\"\"]}} | filter.subject_ids: value must be a valid UUID",
                "{\"filter\":{\"actorPrincipals\":[\"USER\"]}} | filter.actor_principals: invalid value for enum",
                "{\"filter\":{\"subjectTypes\":[\"RESOURCE_TYPE_MOON\"]}} | filter.subject_types: invalid value for enum",
                "{\"filter\":{\"from\":\"yesterday\"}} | filter.from: invalid google.protobuf.Timestamp",
                "{\"filter\":{\"from\":\"2026-03-01T10:00:00\"}} | filter.from: invalid google.protobuf.Timestamp",
                "{\"filter\":{\"to\":\"2026-02-30T10:00:00Z\"}} | filter.to: invalid google.protobuf.Timestamp",
                "{\"filter\":{\"to\":\"2026-02-03T10:00:00.1234567890Z\"}} | filter.to: invalid google.protobuf.Timestamp",
                "{\"filter\":{\"to\":5}} | filter.to: invalid value",
                "{\"pagination\":{\"pageSize\":101}} | pagination.page_size: value must be",
                "{\"pagination\":{\"pageSize\":-1}} | pagination.page_size: value must be",
                "{\"pagination\":{\"pageSize\":1.5}} | pagination.page_size: invalid value",
                "{\"pagination\":{\"pageSize\":\"1.5\"}} | pagination.page_size: invalid value",
                "{\"pagination\":{\"pageSize\":\"many\"}} | pagination.page_size: invalid value",
                "{\"pagination\":{\"pageSize\":\" 5\"}} | pagination.page_size: invalid value",
                "{\"pagination\":{\"pageSize\":[5]}} | pagination.page_size: invalid value",
                "{\"pagination\":{\"pageSize\":\"101\"}} | pagination.page_size: value must be",
                "{\"pagination\":{\"token\":\"%%\"}} | pagination.token: invalid token",
                "{\"pagination\":{\"token\":\"abcd\"}} | pagination.token: invalid token",
                "{\"sort\":{\"field\":\"action\"}} | sort.field: unsupported sort field",
                "{\"sort\":{\"field\":\"createdAt\",\"order\":\"ASC\"}} | sort.order: invalid value for enum",
            })
    void refuses(String body, String message) {
        assertInvalid(client.post("ListAuditLogs", body.equals("''") ? "" : body), message);
    }

    @ParameterizedTest
    @CsvSource({
        "actorIds, filter.actor_ids",
        "subjectIds, filter.subject_ids",
        "actorPrincipals, filter.actor_principals",
        "subjectTypes, filter.subject_types"
    })
    void takesTwentyFiveValuesAndNoMore(String field, String path) {
        String value =
                switch (field) {
                    case "actorPrincipals" -> "PRINCIPAL_AGENT_EXECUTION";
                    case "subjectTypes" -> "RESOURCE_TYPE_SECURITY_POLICY";
                    default -> UUID.randomUUID().toString();
                };
        assertThat(client.post("ListAuditLogs", filter(field, value, 25)).statusCode())
                .isEqualTo(200);
        assertInvalid(
                client.post("ListAuditLogs", filter(field, value, 26)),
                path + ": value must contain no more than 25 item(s)");
    }

    private static String filter(String field, String value, int count) {
        return "{\"filter\":{\"" + field + "\":[\"" + String.join("\",\"", Collections.nCopies(count, value)) + "\"]}}";
    }

    @Test
    void thePageSizeOfTheQueryStringIsCheckedToo() {
        assertInvalid(client.post("ListAuditLogs?pageSize=101", "{}"), "pagination.page_size");
        assertInvalid(client.post("ListAuditLogs?pageSize=many", "{}"), "pageSize: invalid value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pagination\":{\"pageSize\":1}}",
                "{\"pagination\":{\"pageSize\":\"1\"}}",
                "{\"pagination\":{\"pageSize\":1.0}}",
                "{\"pagination\":{\"page_size\":1e0},\"filter\":{\"subject_types\":[],\"actor_principals\":[]}}"
            })
    void takesEveryFormOfProto3Json(String body) {
        EXTENSION.simulator().auditLog().add(Entry.at(Instant.parse("2026-03-01T10:00:00Z")));
        EXTENSION.simulator().auditLog().add(Entry.at(Instant.parse("2026-03-01T10:00:00Z")));
        assertThat(SimulatorClient.ids(client.json("ListAuditLogs", body))).hasSize(1);
    }

    @Test
    void nullIsAbsent() {
        assertThat(client.post("ListAuditLogs", "{\"filter\":{\"from\":null,\"actorIds\":null},\"sort\":null}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTokenBelongsToItsFilterAndSort() {
        for (int i = 0; i < 3; i++) {
            EXTENSION.simulator().auditLog().add(Entry.at(Instant.parse("2026-03-01T10:00:00Z")));
        }
        String token = SimulatorClient.nextToken(client.json("ListAuditLogs", "{\"pagination\":{\"pageSize\":1}}"));
        String pagination = "\"pagination\":{\"pageSize\":2,\"token\":\"" + token + "\"}";
        assertThat(client.post("ListAuditLogs", "{" + pagination + "}").statusCode())
                .isEqualTo(200);
        assertInvalid(
                client.post("ListAuditLogs", "{\"sort\":{\"order\":\"SORT_ORDER_ASC\"}," + pagination + "}"),
                "another filter or sort");
        assertInvalid(
                client.post("ListAuditLogs", "{\"filter\":{\"from\":\"2020-01-01T00:00:00Z\"}," + pagination + "}"),
                "another filter or sort");
    }
}
