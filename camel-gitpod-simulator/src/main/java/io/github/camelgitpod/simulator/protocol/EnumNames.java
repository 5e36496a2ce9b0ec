package io.github.camelgitpod.simulator.protocol;

import java.util.Set;

/** The enum values that the server knows: the union of all documented versions of the API. */
public final class EnumNames {

    /** Resource types, of subjects and events. */
    public static final Set<String> RESOURCE_TYPES = Set.of(
            "RESOURCE_TYPE_ACCOUNT",
            "RESOURCE_TYPE_AGENT",
            "RESOURCE_TYPE_AGENT_EXECUTION",
            "RESOURCE_TYPE_ANNOUNCEMENT_BANNER",
            "RESOURCE_TYPE_BILLING",
            "RESOURCE_TYPE_COUPON",
            "RESOURCE_TYPE_COUPON_REDEMPTION",
            "RESOURCE_TYPE_CUSTOM_DOMAIN",
            "RESOURCE_TYPE_DOMAIN_VERIFICATION",
            "RESOURCE_TYPE_ENVIRONMENT",
            "RESOURCE_TYPE_ENVIRONMENT_CLASS",
            "RESOURCE_TYPE_ENVIRONMENT_SESSION",
            "RESOURCE_TYPE_GROUP",
            "RESOURCE_TYPE_GROUP_MEMBERSHIP_CHANGED",
            "RESOURCE_TYPE_HOST_AUTHENTICATION_TOKEN",
            "RESOURCE_TYPE_INTEGRATION",
            "RESOURCE_TYPE_NOTIFICATION",
            "RESOURCE_TYPE_ORGANIZATION",
            "RESOURCE_TYPE_ORGANIZATION_LLM_INTEGRATION",
            "RESOURCE_TYPE_ORGANIZATION_POLICY",
            "RESOURCE_TYPE_ORGANIZATION_SECRET",
            "RESOURCE_TYPE_PERSONAL_ACCESS_TOKEN",
            "RESOURCE_TYPE_PREBUILD",
            "RESOURCE_TYPE_PROJECT",
            "RESOURCE_TYPE_PROJECT_ENVIRONMENT_CLASS",
            "RESOURCE_TYPE_PROMPT",
            "RESOURCE_TYPE_ROLE_ASSIGNMENT",
            "RESOURCE_TYPE_ROLE_ASSIGNMENT_CHANGED",
            "RESOURCE_TYPE_RUNNER",
            "RESOURCE_TYPE_RUNNER_LLM_INTEGRATION",
            "RESOURCE_TYPE_RUNNER_SCM_INTEGRATION",
            "RESOURCE_TYPE_SCIM_CONFIGURATION",
            "RESOURCE_TYPE_SECRET",
            "RESOURCE_TYPE_SECURITY_POLICY",
            "RESOURCE_TYPE_SERVICE",
            "RESOURCE_TYPE_SERVICE_ACCOUNT",
            "RESOURCE_TYPE_SERVICE_ACCOUNT_SECRET",
            "RESOURCE_TYPE_SERVICE_ACCOUNT_TOKEN",
            "RESOURCE_TYPE_SNAPSHOT",
            "RESOURCE_TYPE_SSO_CONFIG",
            "RESOURCE_TYPE_TASK",
            "RESOURCE_TYPE_TASK_EXECUTION",
            "RESOURCE_TYPE_UNSPECIFIED",
            "RESOURCE_TYPE_USER",
            "RESOURCE_TYPE_USER_PREFERENCE",
            "RESOURCE_TYPE_USER_SECRET",
            "RESOURCE_TYPE_WARM_POOL",
            "RESOURCE_TYPE_WEBHOOK",
            "RESOURCE_TYPE_WORKFLOW",
            "RESOURCE_TYPE_WORKFLOW_EXECUTION",
            "RESOURCE_TYPE_WORKFLOW_EXECUTION_ACTION");

    /** Kinds of actors. */
    public static final Set<String> PRINCIPALS = Set.of(
            "PRINCIPAL_ACCOUNT",
            "PRINCIPAL_AGENT_EXECUTION",
            "PRINCIPAL_ENVIRONMENT",
            "PRINCIPAL_RUNNER",
            "PRINCIPAL_RUNNER_MANAGER",
            "PRINCIPAL_SERVICE_ACCOUNT",
            "PRINCIPAL_UNSPECIFIED",
            "PRINCIPAL_USER");

    /** Orders of a listing. */
    public static final Set<String> SORT_ORDERS = Set.of("SORT_ORDER_ASC", "SORT_ORDER_DESC", "SORT_ORDER_UNSPECIFIED");

    /** Phases of an environment. */
    public static final Set<String> ENVIRONMENT_PHASES = Set.of(
            "ENVIRONMENT_PHASE_UNSPECIFIED",
            "ENVIRONMENT_PHASE_CREATING",
            "ENVIRONMENT_PHASE_STARTING",
            "ENVIRONMENT_PHASE_RUNNING",
            "ENVIRONMENT_PHASE_UPDATING",
            "ENVIRONMENT_PHASE_STOPPING",
            "ENVIRONMENT_PHASE_STOPPED",
            "ENVIRONMENT_PHASE_DELETING",
            "ENVIRONMENT_PHASE_DELETED");

    /** Roles in an organization. */
    public static final Set<String> ORGANIZATION_ROLES =
            Set.of("ORGANIZATION_ROLE_UNSPECIFIED", "ORGANIZATION_ROLE_ADMIN", "ORGANIZATION_ROLE_MEMBER");

    /** States of a member. */
    public static final Set<String> USER_STATUSES =
            Set.of("USER_STATUS_UNSPECIFIED", "USER_STATUS_ACTIVE", "USER_STATUS_SUSPENDED", "USER_STATUS_LEFT");

    /** The tier of an organization that has audit logs. */
    public static final String TIER_ENTERPRISE = "ORGANIZATION_TIER_ENTERPRISE";

    private EnumNames() {}
}
