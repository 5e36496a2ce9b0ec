package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.transform.Tables.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Environment created                  | CREATE
                    access token created                 | CREATE
                    member ADDED to group                | CREATE
                    create project                       | CREATE
                    secret accessed                      | READ
                    logs viewed                          | READ
                    read secret                          | READ
                    the secret was read                  | READ
                    read access removed                  | DELETE
                    access secret                        | READ
                    changed update_time, status, phase   | UPDATE
                    created_by changed                   | UPDATE
                    modify spec                          | UPDATE
                    renamed and deleted                  | DELETE
                    updated: deleted=true                | UPDATE
                    Read-only mode enabled               | ENABLE
                    rule disabled                        | DISABLE
                    environment started                  | ACTIVATE
                    stop                                 | DEACTIVATE
                    user suspended                       | SUSPEND
                    resume environment                   | RESUME
                    logged in                            | LOGIN
                    User logged   out                    | LOGOUT
                    log in                               | LOGIN
                    please log in                        | OTHER
                    logged, in time                      | OTHER
                    logged                               | OTHER
                    could not be deleted                 | OTHER
                    created, but failed later            | OTHER
                    access denied                        | OTHER
                    creation                             | OTHER
                    please create                        | OTHER
                    recreated                            | OTHER
                    """)
    void theVerbIsFoundInTheText(String text, Verb verb) {
        assertThat(ActionText.verb(text)).isEqualTo(verb);
    }

    @Test
    void aTextWithoutWordsHasNone() {
        assertThat(ActionText.verb(null)).isEqualTo(Verb.OTHER);
        assertThat(ActionText.verb("")).isEqualTo(Verb.OTHER);
        assertThat(ActionText.verb(" \u0000\ud83d ... \ud83d\ude80")).isEqualTo(Verb.OTHER);
    }

    @Test
    void everyWordOfTheTablesIsFound() {
        Tables.PARTICIPLES.forEach((word, verb) ->
                assertThat(ActionText.verb("it was " + word + "!")).as(word).isEqualTo(verb));
        Tables.IMPERATIVES.forEach((word, verb) ->
                assertThat(ActionText.verb(word + " it")).as(word).isEqualTo(verb));
    }
}
