package io.github.camelgitpod.option;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The enums of the API whose values an option can name, in full or short, in any case: {@code RESOURCE_TYPE_USER_SECRET} or
 * {@code user_secret}. Only options are held to these lists; what a server sends passes as it is. A full name that is not listed is
 * taken too: servers learn new ones.
 */
public enum EnumNames {
    PRINCIPAL("ACCOUNT", "AGENT_EXECUTION", "ENVIRONMENT", "RUNNER", "RUNNER_MANAGER", "SERVICE_ACCOUNT", "USER"),
    RESOURCE_TYPE(
            "ACCOUNT",
            "AGENT",
            "AGENT_EXECUTION",
            "ANNOUNCEMENT_BANNER",
            "BILLING",
            "COUPON",
            "COUPON_REDEMPTION",
            "CUSTOM_DOMAIN",
            "DOMAIN_VERIFICATION",
            "ENVIRONMENT",
            "ENVIRONMENT_CLASS",
            "ENVIRONMENT_SESSION",
            "GROUP",
            "GROUP_MEMBERSHIP_CHANGED",
            "HOST_AUTHENTICATION_TOKEN",
            "INTEGRATION",
            "NOTIFICATION",
            "ORGANIZATION",
            "ORGANIZATION_LLM_INTEGRATION",
            "ORGANIZATION_POLICY",
            "ORGANIZATION_SECRET",
            "PERSONAL_ACCESS_TOKEN",
            "PREBUILD",
            "PROJECT",
            "PROJECT_ENVIRONMENT_CLASS",
            "PROMPT",
            "ROLE_ASSIGNMENT",
            "ROLE_ASSIGNMENT_CHANGED",
            "RUNNER",
            "RUNNER_LLM_INTEGRATION",
            "RUNNER_SCM_INTEGRATION",
            "SCIM_CONFIGURATION",
            "SECRET",
            "SECURITY_POLICY",
            "SERVICE",
            "SERVICE_ACCOUNT",
            "SERVICE_ACCOUNT_SECRET",
            "SERVICE_ACCOUNT_TOKEN",
            "SNAPSHOT",
            "SSO_CONFIG",
            "TASK",
            "TASK_EXECUTION",
            "USER",
            "USER_PREFERENCE",
            "USER_SECRET",
            "WARM_POOL",
            "WEBHOOK",
            "WORKFLOW",
            "WORKFLOW_EXECUTION",
            "WORKFLOW_EXECUTION_ACTION"),
    RESOURCE_OPERATION("CREATE", "UPDATE", "UPDATE_STATUS", "DELETE"),
    /** With the name for none: kinds are filtered by here, and older servers' entries have none. */
    AUDIT_LOG_ENTRY_KIND(
            "RESOURCE_CHANGE",
            "CREDENTIAL_ACCESS",
            "ENVIRONMENT_VETO",
            "AGENT_SECURITY_EXEC_BLOCKED",
            "AGENT_SECURITY_EXEC_AUDITED",
            "UNSPECIFIED");

    private static final Logger LOG = LoggerFactory.getLogger(EnumNames.class);
    private static final Pattern NAME = Pattern.compile("[A-Z0-9]+(_[A-Z0-9]+)*");

    /** In each enum the name for a value that is missing. No server filters by it. */
    private static final String NOTHING = "UNSPECIFIED";

    private final List<String> shortNames;

    EnumNames(String... shortNames) {
        this.shortNames = List.of(shortNames);
    }

    /**
     * The values of an option as the API writes them, in full.
     *
     * @param value separated by commas; null: none
     * @throws IllegalArgumentException when a short one is unknown, with the nearest names, or a full one is of another enum
     */
    public List<String> parse(String option, String value) {
        return parse(option, value, Level.INFO);
    }

    /** @param newer how to log that this version does not know a full name */
    public List<String> parse(String option, String value, Level newer) {
        return CommaList.parse(option, value).stream()
                .map(item -> fullName(option, item, newer))
                .toList();
    }

    private String fullName(String option, String value, Level newer) {
        String upper = value.toUpperCase(Locale.ROOT).replace('-', '_');
        refuseOtherFamilies(option, value, upper);
        boolean full = upper.startsWith(prefix());
        String shortName = full ? upper.substring(prefix().length()) : upper;
        if (!shortNames.contains(shortName)) {
            if (!full || !NAME.matcher(shortName).matches() || shortName.equals(NOTHING)) {
                throw OptionErrors.withoutValue(
                        option,
                        "has the unknown value " + value + "; nearest: "
                                + NearestNames.of(shortName, lowerCase(shortNames)),
                        String.join(", ", lowerCase(shortNames)) + ", or one that is newer than this version, in full: "
                                + prefix() + "...");
            }
            LOG.atLevel(newer)
                    .log(
                            "Option {} has the value {}, which this version does not know; it is used as it is",
                            option,
                            upper);
        }
        return prefix() + shortName;
    }

    private void refuseOtherFamilies(String option, String value, String upper) {
        for (EnumNames other : values()) {
            if (other != this && upper.startsWith(other.prefix())) {
                throw OptionErrors.withoutValue(
                        option,
                        "has the value " + value + ", which is no " + prefix() + "...",
                        String.join(", ", lowerCase(shortNames)));
            }
        }
    }

    private String prefix() {
        return name() + "_";
    }

    private static List<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
}
