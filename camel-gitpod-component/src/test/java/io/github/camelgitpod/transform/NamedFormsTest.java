package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.transform.TestMessages.Golden;
import java.util.List;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names for people, which some messages have as headers. */
class NamedFormsTest {

    @ParameterizedTest
    @EnumSource
    void documentsWithNamesAreValid(Golden form) {
        for (String type : List.of("USER", "GROUP", "SERVICE_ACCOUNT", "PROJECT", "UNSPECIFIED")) {
            assertThat(FormMatrixTest.violations(form, named(form, type, "ada@example.org")))
                    .isEmpty();
            assertThat(FormMatrixTest.violations(form, named(form, type, "no address")))
                    .isEmpty();
        }
    }

    @Test
    void ocsf() {
        JsonNode event = named(Golden.ocsf, "GROUP", "ada@example.org");

        assertThat(event.at("/actor/user/full_name").asText()).isEqualTo("Ada");
        assertThat(event.at("/actor/user/email_addr").asText()).isEqualTo("ada@example.org");
        assertThat(event.at("/actor/user/name").isMissingNode()).isTrue();
        assertThat(event.at("/entity/name").asText()).isEqualTo("Subject");
        assertThat(named(Golden.ocsf, "GROUP", "no address")
                        .at("/actor/user/email_addr")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void ecs() {
        assertThat(named(Golden.ecs, "GROUP", "a@b").path("group").toString())
                .isEqualTo("{\"id\":\"07e03a28-65a5-4d98-b532-8ea67b188048\",\"name\":\"Subject\"}");
        JsonNode user = named(Golden.ecs, "USER", "a@b").path("user");
        assertThat(user.path("full_name").asText()).isEqualTo("Ada");
        assertThat(user.path("email").asText()).isEqualTo("a@b");
        assertThat(user.at("/target/full_name").asText()).isEqualTo("Subject");
        assertThat(named(Golden.ecs, "PROJECT", "a@b").toString()).doesNotContain("Subject");
    }

    @Test
    void otlp() {
        assertThat(named(Golden.otlp, "PROJECT", "a@b").toString())
                .contains(
                        "\"user.full_name\"",
                        "\"Ada\"",
                        "\"user.email\"",
                        "\"gitpod.audit.subject.name\"",
                        "\"Subject\"");
    }

    @Test
    void cloudEventsHaveNoNames() {
        assertThat(named(Golden.cloudevents, "USER", "a@b").toString()).doesNotContain("Ada", "a@b", "Subject");
    }

    @Test
    void aBatchHasNone() {
        Message message = message("USER", "a@b");
        message.setBody(List.of(message.getBody()));

        assertThat(TestMessages.text(TestMessages.transformed(Golden.ecs.transformer, message)))
                .doesNotContain("Ada");
    }

    private static JsonNode named(Golden form, String type, String email) {
        return TestMessages.json(TestMessages.transformed(form.transformer, message(type, email)));
    }

    private static Message message(String type, String email) {
        ObjectNode entry = (ObjectNode) TestMessages.resource("golden/environment-created.entry.json");
        AuditLogEntry body = TestMessages.entry(
                entry.put("subjectType", "RESOURCE_TYPE_" + type).toString());
        Message message = TestMessages.message(body);
        message.setHeader(GitpodConstants.ACTOR_NAME, "Ada");
        message.setHeader(GitpodConstants.ACTOR_EMAIL, email);
        message.setHeader(GitpodConstants.SUBJECT_NAME, "Subject");
        return message;
    }
}
