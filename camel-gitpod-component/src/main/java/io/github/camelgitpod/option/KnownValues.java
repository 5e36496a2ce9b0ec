package io.github.camelgitpod.option;

/**
 * The values of the API's enums that this version knows, as options name them. Each is one text, so that the description of an
 * option can hold it: tools that read the catalog show it, and {@link EnumNames} reads it. A catalog's own {@code enum} would not do,
 * since tools then refuse lists, full names and what is newer.
 */
public final class KnownValues {
    public static final String PRINCIPALS =
            "account, agent_execution, environment, runner, runner_manager, service_account, user";

    public static final String RESOURCE_TYPES =
            "account, agent, agent_execution, announcement_banner, billing, coupon, coupon_redemption, custom_domain, "
                    + "domain_verification, environment, environment_class, environment_session, group, "
                    + "group_membership_changed, host_authentication_token, integration, notification, organization, "
                    + "organization_llm_integration, organization_policy, organization_secret, personal_access_token, "
                    + "prebuild, project, project_environment_class, prompt, role_assignment, role_assignment_changed, "
                    + "runner, runner_llm_integration, runner_scm_integration, scim_configuration, secret, "
                    + "security_policy, service, service_account, service_account_secret, service_account_token, "
                    + "snapshot, sso_config, task, task_execution, user, user_preference, user_secret, warm_pool, "
                    + "webhook, workflow, workflow_execution, workflow_execution_action";

    /** What the stream of an organization carries events of. */
    public static final String CARRIED_TYPES = "project, runner, environment";

    public static final String OPERATIONS = "create, update, update_status, delete";

    /** With the name for none: kinds are filtered by here, and older servers' entries have none. */
    public static final String KINDS =
            "resource_change, credential_access, environment_veto, agent_security_exec_blocked, "
                    + "agent_security_exec_audited, unspecified";

    private KnownValues() {}
}
