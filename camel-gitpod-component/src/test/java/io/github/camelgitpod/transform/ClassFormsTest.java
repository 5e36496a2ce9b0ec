package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.transform.TestMessages.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Into which class or category an entry falls, of those that would all be valid. */
class ClassFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    USER                  | RESOURCE_CHANGE   | user created     | ["iam"]            | ["user","creation"]
                    GROUP                 | RESOURCE_CHANGE   | changed name     | ["iam"]            | ["group","change"]
                    SSO_CONFIG            | RESOURCE_CHANGE   | deleted          | ["iam"]            | ["deletion"]
                    SERVICE_ACCOUNT_TOKEN | RESOURCE_CHANGE   | token read       | ["iam"]            | ["info"]
                    SERVICE_ACCOUNT_TOKEN | CREDENTIAL_ACCESS | token read       | ["configuration"]  | ["access"]
                    PROJECT               | RESOURCE_CHANGE   | project started  | ["configuration"]  | ["change"]
                    USER                  | RESOURCE_CHANGE   | logged in        | ["authentication"] | ["start"]
                    PROJECT               | RESOURCE_CHANGE   | user logged out  | ["authentication"] | ["end"]
                    """)
    void ecs(String subjectType, String kind, String action, String category, String type) {
        JsonNode event = Golden.ecs
                .of(TestMessages.entry(entry(subjectType, kind, action).toString()))
                .path("event");

        assertThat(event.path("category").toString()).isEqualTo(category);
        assertThat(event.path("type").toString()).isEqualTo(type);
    }

    @Test
    void whoeverChangesThemselvesIsOneUser() {
        ObjectNode entry = entry("USER", "RESOURCE_CHANGE", "changed name")
                .put("actorId", "u")
                .put("subjectId", "u");

        assertThat(Golden.ecs
                        .of(TestMessages.entry(entry.toString()))
                        .path("related")
                        .toString())
                .isEqualTo("{\"user\":[\"u\"]}");
    }

    @Test
    void aLoginIsAnAuthenticationOfTheActor() {
        JsonNode event = Golden.ocsf.of(
                TestMessages.entry(entry("USER", "RESOURCE_CHANGE", "logged in").toString()));

        assertThat(event.path("type_name").asText()).isEqualTo("Authentication: Logon");
        assertThat(event.path("user")).isEqualTo(event.at("/actor/user"));
        assertThat(event.at("/service/name").asText()).isEqualTo("Ona");
        assertThat(event.at("/unmapped/subjectId").asText()).isNotEmpty();
        assertThat(event.has("entity")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "SERVICE_ACCOUNT, 2, User, user",
        "GROUP, 3, Group, group",
        "ORGANIZATION, 4, Organization, org",
        "SECURITY_POLICY, 5, Policy, policy"
    })
    void ocsf(String subjectType, int type, String caption, String member) {
        JsonNode entity = Golden.ocsf
                .of(TestMessages.entry(
                        entry(subjectType, "RESOURCE_CHANGE", "deleted").toString()))
                .path("entity");

        assertThat(entity.path("type_id").asInt()).isEqualTo(type);
        assertThat(entity.path("type").asText()).isEqualTo(caption);
        assertThat(entity.path(member).path("uid")).isEqualTo(entity.path("uid"));
    }

    private static ObjectNode entry(String subjectType, String kind, String action) {
        ObjectNode entry = (ObjectNode) TestMessages.resource("golden/environment-created.entry.json");
        return entry.put("subjectType", "RESOURCE_TYPE_" + subjectType)
                .put("kind", "AUDIT_LOG_ENTRY_KIND_" + kind)
                .put("action", action);
    }
}
