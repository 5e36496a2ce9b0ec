package io.github.camelgitpod.transform;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which words and numbers of the standards stand for a verb, a veto, an actor and a subject: the tables, and nothing else. */
final class Tables {

    private Tables() {}

    /** What an entry's action does, as far as its text can be understood; a guess. */
    enum Verb {
        CREATE(1, "Create", "creation", "created"),
        READ(2, "Read", "access", "accessed"),
        UPDATE(3, "Update", "change", "updated"),
        DELETE(4, "Delete", "deletion", "deleted"),
        ENABLE(8, "Enable", "change", "enabled"),
        DISABLE(9, "Disable", "change", "disabled"),
        ACTIVATE(10, "Activate", "change", "started"),
        DEACTIVATE(11, "Deactivate", "change", "stopped"),
        SUSPEND(12, "Suspend", "change", "suspended"),
        RESUME(13, "Resume", "change", "resumed"),
        /** Of OCSF's class Authentication, like {@link #LOGOUT}. */
        LOGIN(1, "Logon", "start", "login"),
        LOGOUT(2, "Logoff", "end", "logout"),
        /** What OCSF calls Other: the caption is the action's own text. */
        OTHER(99, null, "info", "other");

        /** OCSF's {@code activity_id}. */
        final int activity;
        /** OCSF's {@code activity_name}; null: the action's own text. */
        final String caption;
        /** ECS's {@code event.type}. */
        final String type;
        /** What ECS's {@code event.action} ends with. */
        final String word;

        Verb(int activity, String caption, String type, String word) {
            this.activity = activity;
            this.caption = caption;
            this.type = type;
            this.word = word;
        }

        boolean isAuthentication() {
            return this == LOGIN || this == LOGOUT;
        }

        /** In lower case, for people and searches. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The words that mean a verb wherever they stand in a text. {@code read} is not among them: it can be an adjective. */
    static final Map<String, Verb> PARTICIPLES = Map.ofEntries(
            Map.entry("created", Verb.CREATE),
            Map.entry("added", Verb.CREATE),
            Map.entry("accessed", Verb.READ),
            Map.entry("viewed", Verb.READ),
            Map.entry("changed", Verb.UPDATE),
            Map.entry("updated", Verb.UPDATE),
            Map.entry("modified", Verb.UPDATE),
            Map.entry("deleted", Verb.DELETE),
            Map.entry("removed", Verb.DELETE),
            Map.entry("enabled", Verb.ENABLE),
            Map.entry("disabled", Verb.DISABLE),
            Map.entry("started", Verb.ACTIVATE),
            Map.entry("stopped", Verb.DEACTIVATE),
            Map.entry("suspended", Verb.SUSPEND),
            Map.entry("resumed", Verb.RESUME),
            Map.entry("logged in", Verb.LOGIN),
            Map.entry("logged out", Verb.LOGOUT));

    /** The words that mean a verb at the beginning of a text only. */
    static final Map<String, Verb> IMPERATIVES = Map.ofEntries(
            Map.entry("create", Verb.CREATE),
            Map.entry("add", Verb.CREATE),
            Map.entry("access", Verb.READ),
            Map.entry("view", Verb.READ),
            Map.entry("change", Verb.UPDATE),
            Map.entry("update", Verb.UPDATE),
            Map.entry("modify", Verb.UPDATE),
            Map.entry("delete", Verb.DELETE),
            Map.entry("remove", Verb.DELETE),
            Map.entry("enable", Verb.ENABLE),
            Map.entry("disable", Verb.DISABLE),
            Map.entry("start", Verb.ACTIVATE),
            Map.entry("stop", Verb.DEACTIVATE),
            Map.entry("suspend", Verb.SUSPEND),
            Map.entry("resume", Verb.RESUME),
            Map.entry("log in", Verb.LOGIN),
            Map.entry("log out", Verb.LOGOUT));

    /** What became of a program that a rule of the organization is about. */
    enum Veto {
        BLOCKED(3, "Medium", 2, "Denied", "denied", "blocked", 13),
        /** A rule that only watches: the program ran. */
        AUDITED(1, "Informational", 3, "Observed", "allowed", "audited", 9),
        /** Not told. It must not be called denied. */
        UNKNOWN(3, "Medium", 0, null, "info", "other", 13);

        /** OCSF's {@code severity_id}, and its caption. */
        final int severity;

        final String severityCaption;
        /** OCSF's {@code action_id}, and its caption; null: left out. */
        final int action;

        final String actionCaption;
        /** ECS's {@code event.type}. */
        final String type;
        /** What ECS's {@code event.action} ends with. */
        final String word;
        /** OpenTelemetry's {@code severityNumber}. */
        final int severityNumber;

        Veto(
                int severity,
                String severityCaption,
                int action,
                String actionCaption,
                String type,
                String word,
                int severityNumber) {
            this.severity = severity;
            this.severityCaption = severityCaption;
            this.action = action;
            this.actionCaption = actionCaption;
            this.type = type;
            this.word = word;
            this.severityNumber = severityNumber;
        }
    }

    /** What kind of actor it was. */
    enum Principal {
        USER(1, "User", "user"),
        ACCOUNT(1, "User", "user"),
        SERVICE_ACCOUNT(4, "Service", "service_account"),
        RUNNER(3, "System", "system"),
        RUNNER_MANAGER(3, "System", "system"),
        ENVIRONMENT(3, "System", "system"),
        AGENT_EXECUTION(3, "System", "system");

        static final String PREFIX = "PRINCIPAL_";
        private static final Map<String, Principal> BY_VALUE = byValue(PREFIX, values());

        /** {@code type_id} of OCSF's object user, and its caption. */
        final int type;

        final String caption;
        /** The CloudEvents extension {@code authtype}. */
        final String authType;

        Principal(int type, String caption, String authType) {
            this.type = type;
            this.caption = caption;
            this.authType = authType;
        }

        /** Null: one that the standards have no word for. */
        static Principal of(String value) {
            return value == null ? null : BY_VALUE.get(value);
        }
    }

    /** Subjects that the standards have words for. */
    enum Subject {
        USER(2, "User", "user", "user"),
        ACCOUNT(2, "User", "user", "user"),
        SERVICE_ACCOUNT(2, "User", "user", "user"),
        GROUP(3, "Group", "group", "group"),
        GROUP_MEMBERSHIP_CHANGED("group"),
        ORGANIZATION(4, "Organization", "org"),
        ORGANIZATION_POLICY(5, "Policy", "policy"),
        SECURITY_POLICY(5, "Policy", "policy"),
        SERVICE_ACCOUNT_SECRET(""),
        SERVICE_ACCOUNT_TOKEN(""),
        PERSONAL_ACCESS_TOKEN(""),
        HOST_AUTHENTICATION_TOKEN(""),
        ROLE_ASSIGNMENT(""),
        ROLE_ASSIGNMENT_CHANGED(""),
        SSO_CONFIG(""),
        SCIM_CONFIGURATION(""),
        DOMAIN_VERIFICATION("");

        static final String PREFIX = "RESOURCE_TYPE_";
        private static final Map<String, Subject> BY_VALUE = byValue(PREFIX, values());

        /** {@code type_id} of OCSF's managed entity, and its caption; 99: the raw value is the caption. */
        final int type;

        final String caption;
        /** The member of OCSF's managed entity that tells more; null: none. */
        final String member;
        /** ECS: null: not in category {@code iam}; empty: in it; else the {@code event.type} that stands before the verb's. */
        final String iam;

        Subject(int type, String caption, String member, String iam) {
            this.type = type;
            this.caption = caption;
            this.member = member;
            this.iam = iam;
        }

        Subject(int type, String caption, String member) {
            this(type, caption, member, null);
        }

        Subject(String iam) {
            this(99, null, null, iam);
        }

        /** Somebody, whom ECS calls a user. */
        boolean isUser() {
            return type == USER.type;
        }

        /** Null: one that the standards have no word for. */
        static Subject of(String value) {
            return value == null ? null : BY_VALUE.get(value);
        }
    }

    private static <E extends Enum<E>> Map<String, E> byValue(String prefix, E[] values) {
        return Arrays.stream(values).collect(Collectors.toMap(value -> prefix + value.name(), Function.identity()));
    }
}
