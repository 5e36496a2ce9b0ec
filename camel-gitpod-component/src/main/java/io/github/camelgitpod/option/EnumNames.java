package io.github.camelgitpod.option;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The enums of the API whose values an option can name, in full or short, in any case: {@code RESOURCE_TYPE_USER_SECRET} or
 * {@code user_secret}. Only options are held to these lists; what a server sends passes as it is.
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
    RESOURCE_OPERATION("CREATE", "UPDATE", "UPDATE_STATUS", "DELETE");

    private static final int SUGGESTIONS = 3;

    private final List<String> shortNames;

    EnumNames(String... shortNames) {
        this.shortNames = List.of(shortNames);
    }

    /**
     * The values of an option as the API writes them, in full.
     *
     * @param value separated by commas; null or blank: none
     * @throws IllegalArgumentException when one is unknown; the message has the nearest names
     */
    public List<String> parse(String option, String value) {
        return CommaList.parse(option, value).stream()
                .map(item -> fullName(option, item))
                .toList();
    }

    private String fullName(String option, String value) {
        String prefix = name() + "_";
        String upper = value.toUpperCase(Locale.ROOT).replace('-', '_');
        String shortName = upper.startsWith(prefix) ? upper.substring(prefix.length()) : upper;
        if (!shortNames.contains(shortName)) {
            throw OptionErrors.withoutValue(
                    option,
                    "has the unknown value " + value + "; nearest: " + nearest(shortName),
                    String.join(", ", lowerCase(shortNames)));
        }
        return prefix + shortName;
    }

    private String nearest(String shortName) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return shortNames.stream()
                .sorted(Comparator.comparing(known -> distance.apply(known, shortName)))
                .limit(SUGGESTIONS)
                .map(known -> known.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static List<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
}
