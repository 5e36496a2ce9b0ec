package io.github.camelgitpod.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("T18")
class JsonLinesTest {
    private static final int BOUND = 100;

    @Test
    void linesAreTheSameWhereverTheirBytesAreSplit() throws Exception {
        byte[] bytes =
                "\uFEFF{\"a\":\"ä€😀\"}\r\n\r\n  \n{\"b\":\"\u2028\u2029\u0085\"}\n\n\n{\"c\":1}".getBytes(UTF_8);
        for (int i = 0; i <= bytes.length; i++) {
            for (int j = i; j <= bytes.length; j++) {
                assertThat(lines(pieces(bytes, i, j), BOUND))
                        .as("split at %d and %d", i, j)
                        .containsExactly("{\"a\":\"ä€😀\"}", "{\"b\":\"\u2028\u2029\u0085\"}", "{\"c\":1}…");
            }
        }
    }

    @Test
    void aSourceThatGivesSingleBytesGivesTheSameLines() throws Exception {
        InputStream slow = new ByteArrayInputStream("{\"a\":1}\r\n{\"b\":2}\n".getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, 1);
            }
        };

        assertThat(lines(slow, BOUND)).containsExactly("{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void onlyANewlineEndsALine() throws Exception {
        String text = "a\u2028b\u2029c\u0085d\u000Be\u000Cf\rg";

        assertThat(lines(text + "\nnext\n")).containsExactly(text, "next");
    }

    @Test
    void oneCarriageReturnBelongsToTheLineEndAndNoMore() throws Exception {
        assertThat(lines("a\r\nb\r\r\nc\n")).containsExactly("a", "b\r", "c");
    }

    @Test
    void blankLinesAndMarksAreNoLines() throws Exception {
        assertThat(lines("\n\r\n \t\n\uFEFF\n\uFEFFa\n")).containsExactly("a");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\r")).isEmpty();
    }

    @Test
    void aLastLineWithoutAnEndIsHandedOutAsSuch() throws Exception {
        assertThat(lines("a\nb")).containsExactly("a", "b…");
        assertThat(lines("a\nb\n")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({"99, true", "100, true", "101, false", "103, false", "104, false", "105, false", "70000, false"})
    void theBoundIsTheLongestLineThatIsKept(int length, boolean kept) throws Exception {
        for (String end : List.of("\n", "\r\n", "")) {
            for (String mark : List.of("", "\uFEFF")) {
                JsonLines lines = over(mark + "x".repeat(length) + end, BOUND);

                JsonLines.Line line = lines.next();

                assertThat(line.bytes() != null).as("kept").isEqualTo(kept);
                assertThat(line.terminated()).isEqualTo(!end.isEmpty());
                assertThat(line.length()).isBetween((long) length, length + 4L);
                assertThat(lines.next()).isNull();
            }
        }
    }

    @Test
    void aLineLargerThanTheHeapAllowsIsPassedOverWithItsLength() throws Exception {
        long huge = 200L << 20;
        long before = usedMemory();
        InputStream source = new SequenceInputStream(
                Collections.enumeration(List.of(stream("a\n"), new Repeated('x', huge), stream("\nb\n"))));
        JsonLines lines = new JsonLines(source, BOUND);

        assertThat(text(lines.next())).isEqualTo("a");
        JsonLines.Line line = lines.next();
        assertThat(line.bytes()).isNull();
        assertThat(line.length()).isEqualTo(huge);
        assertThat(line.terminated()).isTrue();
        assertThat(text(lines.next())).isEqualTo("b");
        assertThat(lines.next()).isNull();
        assertThat(usedMemory() - before).isLessThan(huge / 4);
    }

    @Test
    void aLineLongerThanTheBufferIsKeptWhenItIsAllowed() throws Exception {
        String line = "{\"a\":\"" + "ä".repeat(200_000) + "\"}";

        assertThat(lines(stream(line + "\n" + line + "\nshort\n"), 1 << 20)).containsExactly(line, line, "short");
    }

    @Test
    void whatCameBeforeAFailureIsHandedOutBeforeIt() throws Exception {
        InputStream source = new SequenceInputStream(stream("a\nb"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        });
        JsonLines lines = new JsonLines(source, BOUND);

        assertThat(text(lines.next())).isEqualTo("a");
        assertThat(text(lines.next())).isEqualTo("b…");
        assertThatThrownBy(lines::next).hasMessage("cut");
        assertThatThrownBy(lines::next).hasMessage("cut");
    }

    @Test
    void linesDoNotShareMemoryThatChanges() throws Exception {
        JsonLines lines = over("first\nsecond\n", BOUND);
        JsonLines.Line first = lines.next();

        lines.next();

        assertThat(text(first)).isEqualTo("first");
    }

    private static List<String> lines(String text) throws IOException {
        return lines(stream(text), BOUND);
    }

    private static List<String> lines(InputStream source, int bound) throws IOException {
        JsonLines lines = new JsonLines(source, bound);
        List<String> texts = new ArrayList<>();
        for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
            assertThat(line.length()).isEqualTo(line.bytes().length);
            texts.add(text(line));
        }
        return texts;
    }

    private static JsonLines over(String text, int bound) {
        return new JsonLines(stream(text), bound);
    }

    /** With an ellipsis when the line was not terminated. */
    private static String text(JsonLines.Line line) {
        return new String(line.bytes(), UTF_8) + (line.terminated() ? "" : "…");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream pieces(byte[] bytes, int i, int j) {
        return new SequenceInputStream(Collections.enumeration(Stream.of(
                        new ByteArrayInputStream(bytes, 0, i),
                        new ByteArrayInputStream(bytes, i, j - i),
                        new ByteArrayInputStream(bytes, j, bytes.length - j))
                .toList()));
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** So many times the same byte. */
    private static final class Repeated extends InputStream {
        private final char what;
        private long left;

        Repeated(char what, long times) {
            this.what = what;
            this.left = times;
        }

        @Override
        public int read() {
            return left-- > 0 ? what : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = (int) Math.min(length, left);
            if (count == 0) {
                return -1;
            }
            Arrays.fill(target, offset, offset + count, (byte) what);
            left -= count;
            return count;
        }
    }
}
