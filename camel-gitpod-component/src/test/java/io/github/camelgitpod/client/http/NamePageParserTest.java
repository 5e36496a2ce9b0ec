package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.client.NameListing;
import io.github.camelgitpod.client.NamePage;
import io.github.camelgitpod.client.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamePageParserTest {

    @Test
    void takesTheNamesOfEachListingWhereTheyAre() throws IOException {
        assertThat(
                        parse(
                                NameListing.MEMBERS,
                                "{'members':[{'userId':'1','fullName':'Ann','email':'a@b','x':1}],'pagination':{'nextToken':'t'}}"))
                .isEqualTo(new NamePage(List.of(new Named("1", "Ann", "a@b")), "t"));
        assertThat(parse(NameListing.ENVIRONMENTS, "{'environments':[{'id':'2','metadata':{'name':'env'}}]}"))
                .isEqualTo(new NamePage(List.of(new Named("2", "env", null)), null));
        assertThat(parse(NameListing.RUNNERS, "{'runners':[{'runnerId':'3','name':'r'}],'newer':{}}")
                        .names())
                .containsExactly(new Named("3", "r", null));
    }

    @Test
    void whatItDoesNotUnderstandIsLeftOut() throws IOException {
        assertThat(parse(NameListing.PROJECTS, "{}")).isEqualTo(new NamePage(List.of(), null));
        assertThat(parse(
                        NameListing.PROJECTS,
                        "{'projects':[1,{},{'id':'1'},{'id':2,'name':'x'},{'id':'3','name':' '}],"
                                + "'pagination':{'nextToken':''}}"))
                .isEqualTo(new NamePage(List.of(), null));
        assertThatThrownBy(() -> parse(NameListing.PROJECTS, "[]")).hasMessageContaining("not a page of projects");
    }

    private static NamePage parse(NameListing listing, String json) throws IOException {
        return NamePageParser.parse(listing, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
