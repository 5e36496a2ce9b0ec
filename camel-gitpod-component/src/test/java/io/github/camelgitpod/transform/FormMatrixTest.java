package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.transform.TestMessages.Golden;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All types of resources, principals and kinds, with actions of all sorts, in all forms: each is valid by the standard's table. */
class FormMatrixTest {
    private static final Map<Golden, Function<JsonNode, List<String>>> TABLES = Map.of(
            Golden.cloudevents, CloudEventsTable::violations,
            Golden.ocsf, OcsfTable::violations,
            Golden.ecs, EcsTable::violations,
            Golden.otlp, OtlpTable::violations);

    private static final ObjectNode ENTRY = (ObjectNode) TestMessages.resource("golden/environment-created.entry.json");

    private static final List<String> SUBJECT_TYPES = Stream.of(
                    ("ACCOUNT AGENT AGENT_EXECUTION ANNOUNCEMENT_BANNER BILLING COUPON COUPON_REDEMPTION CUSTOM_DOMAIN"
                                    + " DOMAIN_VERIFICATION ENVIRONMENT ENVIRONMENT_CLASS ENVIRONMENT_SESSION GROUP"
                                    + " GROUP_MEMBERSHIP_CHANGED HOST_AUTHENTICATION_TOKEN INTEGRATION NOTIFICATION ORGANIZATION"
                                    + " ORGANIZATION_LLM_INTEGRATION ORGANIZATION_POLICY ORGANIZATION_SECRET"
                                    + " PERSONAL_ACCESS_TOKEN PREBUILD PROJECT PROJECT_ENVIRONMENT_CLASS PROMPT ROLE_ASSIGNMENT"
                                    + " ROLE_ASSIGNMENT_CHANGED RUNNER RUNNER_LLM_INTEGRATION RUNNER_SCM_INTEGRATION"
                                    + " SCIM_CONFIGURATION SECRET SECURITY_POLICY SERVICE SERVICE_ACCOUNT SERVICE_ACCOUNT_SECRET"
                                    + " SERVICE_ACCOUNT_TOKEN SNAPSHOT SSO_CONFIG TASK TASK_EXECUTION USER USER_PREFERENCE"
                                    + " USER_SECRET WARM_POOL WEBHOOK WORKFLOW WORKFLOW_EXECUTION WORKFLOW_EXECUTION_ACTION"
                                    + " UNSPECIFIED QUANTUM_VAULT Ж")
                            .split(" "))
            .map(type -> "RESOURCE_TYPE_" + type)
            .toList();
    private static final List<String> PRINCIPALS = Stream.of(
                    "USER ACCOUNT RUNNER ENVIRONMENT SERVICE_ACCOUNT RUNNER_MANAGER AGENT_EXECUTION UNSPECIFIED ORACLE"
                            .split(" "))
            .map(type -> "PRINCIPAL_" + type)
            .toList();
    private static final List<String> KINDS = Stream.of(
                    ("UNSPECIFIED AGENT_SECURITY_EXEC_BLOCKED AGENT_SECURITY_EXEC_AUDITED RESOURCE_CHANGE CREDENTIAL_ACCESS"
                                    + " ENVIRONMENT_VETO PROPHECY")
                            .split(" "))
            .map(kind -> "AUDIT_LOG_ENTRY_KIND_" + kind)
            .toList();
    private static final List<String> ACTIONS = List.of(
            "Environment created",
            "secret accessed",
            "changed update_time, status, phase",
            "deleted",
            "logged in",
            "user logged out",
            "enabled",
            "started",
            "suspended",
            "Veto Exec audited: /bin/sh",
            "Veto Exec blocked: /bin/sh",
            "something else",
            "");

    @ParameterizedTest
    @EnumSource
    void eachIsValid(Golden form) {
        int place = 0;
        for (String subjectType : SUBJECT_TYPES) {
            for (String principal : PRINCIPALS) {
                for (String kind : KINDS) {
                    ObjectNode entry = entry();
                    entry.put("subjectType", subjectType)
                            .put("actorPrincipal", principal)
                            .put("kind", kind)
                            .put("action", ACTIONS.get(place++ % ACTIONS.size()));
                    check(form, entry);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachIsValidWithoutAnyOfItsFields(Golden form) {
        List<String> fields =
                List.of("id", "actorId", "actorPrincipal", "subjectId", "subjectType", "action", "createdAt", "kind");
        for (int left = 0; left < 1 << fields.size(); left++) {
            // Each of them three times, with other actions and kinds.
            for (int time = 0; time < 3; time++) {
                ObjectNode entry = entry().put("action", ACTIONS.get((left + time) % ACTIONS.size()))
                        .put("kind", KINDS.get((left + time) % KINDS.size()));
                for (int field = 0; field < fields.size(); field++) {
                    if ((left >> field & 1) == 0) {
                        entry.remove(fields.get(field));
                    }
                }
                check(form, entry);
            }
        }
    }

    private static ObjectNode entry() {
        return ENTRY.deepCopy();
    }

    static List<String> violations(Golden form, JsonNode document) {
        return TABLES.get(form).apply(document);
    }

    static void check(Golden form, JsonNode entry) {
        check(form, entry.toString());
    }

    static JsonNode check(Golden form, String entry) {
        JsonNode document = form.of(TestMessages.entry(entry));
        assertThat(violations(form, document)).as("%s of %.1000s", form, entry).isEmpty();
        return document;
    }
}
