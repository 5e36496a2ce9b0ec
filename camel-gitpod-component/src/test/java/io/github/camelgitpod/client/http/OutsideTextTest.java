package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideTextTest {
    private static final String TOKEN = "gitpod-pat-SeCrEt";

    private final OutsideText outside = new OutsideText(TOKEN);

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, "gitpod-pat-secret", "GITPOD-PAT-SECRET"})
    void theTokenIsMaskedInEachCase(String repeated) {
        assertThat(outside.shown(repeated + "/html instead of JSON")).isEqualTo("xxxxxx/html instead of JSON");
    }

    /** Okio tells the first bytes of a line that does not end. */
    @Test
    void theBytesOfAnAnswerAreNotShown() throws IOException {
        EOFException cut = cut("X: " + TOKEN);

        IOException shown = outside.shown(cut);

        assertThat(cut).hasMessageContaining("content=583a20");
        assertThat(shown)
                .hasNoCause()
                .message()
                .contains("limit=20 content=xxxxxx")
                .doesNotContain("583a20");
    }

    @Test
    void aFailureWithNothingToHideIsTheSame() throws IOException {
        EOFException cut = cut("");

        assertThat(outside.shown(new IOException("unexpected end", cut))).hasCause(cut);
    }

    private static EOFException cut(String line) throws IOException {
        try {
            new Buffer().writeUtf8(line).readUtf8LineStrict(20);
            throw new AssertionError("a line");
        } catch (EOFException e) {
            return e;
        }
    }
}
