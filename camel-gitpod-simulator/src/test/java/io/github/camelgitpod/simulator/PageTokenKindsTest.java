package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PageTokenKindsTest {

    private static final Instant T = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ASC = "\"sort\":{\"order\":\"SORT_ORDER_ASC\"}";

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    private GitpodSimulator simulator;
    private SimulatorClient client;

    @BeforeEach
    void connect() {
        simulator = extension.simulator();
        client = new SimulatorClient(simulator);
    }

    private List<String> tie(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> simulator.auditLog().add(Entry.at(T)).id())
                .sorted()
                .toList();
    }

    private List<String> firstPageThenRestAfterAnEarlierEntryAppears() {
        JsonNode first = client.json("ListAuditLogs", "{" + ASC + ",\"pagination\":{\"pageSize\":2}}");
        simulator.auditLog().add(Entry.at(T.minusSeconds(1)));
        JsonNode rest = client.json(
                "ListAuditLogs",
                "{" + ASC + ",\"pagination\":{\"token\":\"" + SimulatorClient.nextToken(first) + "\"}}");
        return SimulatorClient.ids(rest);
    }

    @Test
    void keysetTokensAreStableInsideTies() {
        List<String> ids = tie(5);
        assertThat(client.walk(ASC, 2)).isEqualTo(ids);
        assertThat(firstPageThenRestAfterAnEarlierEntryAppears()).isEqualTo(ids.subList(2, 5));
    }

    @Test
    void offsetTokensShiftWhenSomethingAppearsBeforeThem() {
        simulator.pageTokens(PageTokens.OFFSET);
        List<String> ids = tie(5);
        assertThat(client.walk(ASC, 2)).isEqualTo(ids);
        assertThat(firstPageThenRestAfterAnEarlierEntryAppears()).isEqualTo(ids.subList(1, 5));
    }

    @Test
    void unstableTiesChangeTheirOrderBetweenRequests() {
        simulator.pageTokens(PageTokens.OFFSET_UNSTABLE_TIES);
        List<String> ids = tie(12);
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            List<String> walked = client.walk(ASC, 100);
            assertThat(walked).containsExactlyInAnyOrderElementsOf(ids);
            orders.add(walked);
        }
        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void timeTokensSkipTheRestOfATie() {
        simulator.pageTokens(PageTokens.SKIPS_TIES);
        List<String> ids = tie(5);
        String after = simulator.auditLog().add(Entry.at(T.plusSeconds(1))).id();
        assertThat(client.walk(ASC, 2)).containsExactly(ids.get(0), ids.get(1), after);
    }

    @Test
    void tokensOfAnotherWayAreInvalid() {
        tie(3);
        String token = SimulatorClient.nextToken(client.json("ListAuditLogs", "{\"pagination\":{\"pageSize\":1}}"));
        simulator.pageTokens(PageTokens.OFFSET);
        assertThat(client.post("ListAuditLogs", "{\"pagination\":{\"token\":\"" + token + "\"}}")
                        .statusCode())
                .isEqualTo(400);
    }
}
