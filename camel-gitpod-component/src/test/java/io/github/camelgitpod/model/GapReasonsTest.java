package io.github.camelgitpod.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GapReasonsTest {

    @Test
    @Tag("source-tree")
    void thePageListsEachReason() throws Exception {
        String page = Files.readString(Path.of("../src-docs/modules/ROOT/pages/events.adoc"));
        String table = page.substring(page.indexOf("|Reason |What happened"));
        table = table.substring(0, table.indexOf("\n|==="));

        for (Field reason : GapReasons.class.getFields()) {
            String text = (String) reason.get(null);
            assertThat(table).contains(text.endsWith("-") ? "`" + text + "<" : "`" + text + "`");
        }
    }

    /** Routes compare with them: a change of the text would pass by them in silence. */
    @Test
    void textsThatRoutesCompareWithStay() {
        assertThat(GapReasons.class.getFields())
                .extracting(reason -> reason.get(null))
                .containsExactlyInAnyOrder(
                        "clean-end",
                        "reset",
                        "idle",
                        "max-age",
                        "reconnect",
                        "http-",
                        "unknown",
                        "parse",
                        "overflow",
                        "stall",
                        "late",
                        "max-streams",
                        "suspended",
                        "restart");
        assertThat(GapReasons.httpStatus(503)).isEqualTo("http-503");
    }
}
