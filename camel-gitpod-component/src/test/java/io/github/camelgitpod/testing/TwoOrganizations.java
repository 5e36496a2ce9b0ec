package io.github.camelgitpod.testing;

import io.github.camelgitpod.simulator.GitpodSimulator;

/** One address with two organizations behind it, each a simulator with a token of its own. */
public final class TwoOrganizations implements AutoCloseable {
    private final GitpodSimulator one =
            GitpodSimulator.builder().seed(1).accessToken("token-of-one").start();
    private final GitpodSimulator other = GitpodSimulator.builder()
            .seed(2)
            .accessToken("token-of-other")
            .beside(one)
            .start();

    /** Its token is {@code token-of-one}. */
    public GitpodSimulator one() {
        return one;
    }

    /** Its token is {@code token-of-other}. */
    public GitpodSimulator other() {
        return other;
    }

    public String baseUrl() {
        return one.baseUrl();
    }

    @Override
    public void close() {
        other.close();
        one.close();
    }
}
