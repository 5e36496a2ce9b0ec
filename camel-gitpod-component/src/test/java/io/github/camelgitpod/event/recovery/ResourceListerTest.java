package io.github.camelgitpod.event.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ListedResource;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import io.github.camelgitpod.client.http.PartialServer;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResourceListerTest {
    private static final ResourceListing TYPE = ResourceListing.PROJECTS;

    private final ResourceLister lister = new ResourceLister(new ResourceScope(new EventQuery(null, List.of())));
    private final ResourceServer server = new ResourceServer(3);
    private int asked;

    @Test
    void onePageIsAskedForOnce() throws Exception {
        create(3);

        assertThat(lister.list(server, TYPE)).containsOnlyKeys("p0", "p1", "p2");
        assertThat(server.requests).isEqualTo(1);
    }

    @Test
    void severalPagesAreListedUntilTwoListingsAgree() throws Exception {
        create(7);
        server.meanwhile = () -> {
            if (server.requests == 2) {
                // p3 moves up to the page that was read already.
                server.delete(TYPE, "p0");
            }
        };

        assertThat(lister.list(server, TYPE)).containsOnlyKeys("p1", "p2", "p3", "p4", "p5", "p6");
        assertThat(server.requests).isEqualTo(2 + 2 + 2);
    }

    @Test
    void whereSomethingGoesAllTheTimeNothingIsTakenForGoneThatIsThere() throws Exception {
        create(40);
        server.meanwhile = () -> {
            if (server.requests % 3 == 2) {
                server.delete(TYPE, server.all(TYPE).keySet().iterator().next());
            }
        };

        assertThat(lister.list(server, TYPE).keySet())
                .containsAll(server.all(TYPE).keySet());
    }

    @Test
    void anExpiredTokenBeginsTheListingAnew() throws Exception {
        create(7);
        server.meanwhile = () -> {
            if (server.requests == 3) {
                server.failures.add(ResourceServer.answer(400));
            }
        };

        assertThat(lister.list(server, TYPE)).hasSize(7);
    }

    @Test
    void aTokenThatIsAlwaysRefusedIsAnError() {
        create(7);
        server.meanwhile = () -> {
            if (server.requests % 2 == 0) {
                server.failures.add(ResourceServer.answer(400));
            }
        };

        assertThatThrownBy(() -> lister.list(server, TYPE)).isInstanceOf(ApiException.class);
        assertThat(server.requests).isEqualTo(8);
    }

    @Test
    void aFailureIsOne() {
        create(7);
        server.failures.add(new IOException("the connection broke"));

        assertThatThrownBy(() -> lister.list(server, TYPE)).hasMessage("the connection broke");
    }

    @Test
    void pagesWithoutEndAreGivenUp() {
        assertGivenUp(endless(token -> List.of()), 1_000, "0 entries");
        assertGivenUp(endless(token -> List.of(new ListedResource("p", null, "v"))), 1_001, "1 entries");
    }

    @Test
    void noMoreIsRememberedThanFits() {
        assertThatThrownBy(() -> lister.list(
                        endless(token -> IntStream.range(0, 100)
                                .mapToObj(i -> new ListedResource(token + " " + i, null, "v"))
                                .toList()),
                        TYPE))
                .isInstanceOf(ListingGivenUpException.class)
                .hasMessageContainingAll("ProjectService/ListProjects", "more than 100000 resources");
        assertThat(asked).isEqualTo(1_001);
    }

    private void assertGivenUp(GitpodClient client, int requests, String last) {
        asked = 0;
        assertThatThrownBy(() -> lister.list(client, TYPE))
                .isInstanceOf(ListingGivenUpException.class)
                .hasMessageContainingAll("No progress: 1000 answers of ProjectService/ListProjects", last);
        assertThat(asked).isEqualTo(requests);
    }

    /** Gives each page a token that it never gave before. */
    private GitpodClient endless(Function<String, List<ListedResource>> page) {
        return new PartialServer() {
            @Override
            public ResourcePage listResources(ResourceListing listing, String token) {
                if (++asked > 5_000) {
                    throw new AssertionError("no end of requests");
                }
                return new ResourcePage(page.apply(token), "token " + asked);
            }
        };
    }

    private void create(int count) {
        for (int i = 0; i < count; i++) {
            server.create(TYPE, "p" + i, "creator");
        }
    }
}
