package io.github.camelgitpod;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/** The headers that the component sets, enum values in full, as the server sent them; and those that a producer reads. */
public final class GitpodConstants {
    @Metadata(
            description = "The id of the audit-log entry, a UUID. On an event: of the entry that it was made from."
                    + " With operation=get: of the entry that is asked for.",
            javaType = "String")
    public static final String ENTRY_ID = "CamelGitpodEntryId";

    @Metadata(
            label = "consumer",
            description = "What was done, as text for people, such as: Environment created.",
            javaType = "String")
    public static final String ACTION = "CamelGitpodAction";

    @Metadata(label = "consumer", description = "The id of who did it.", javaType = "String")
    public static final String ACTOR_ID = "CamelGitpodActorId";

    @Metadata(
            label = "consumer",
            description = "What kind of actor that is, such as PRINCIPAL_USER.",
            javaType = "String")
    public static final String ACTOR_PRINCIPAL = "CamelGitpodActorPrincipal";

    @Metadata(label = "consumer", description = "The id of what it was done to.", javaType = "String")
    public static final String SUBJECT_ID = "CamelGitpodSubjectId";

    @Metadata(
            label = "consumer",
            description = "What kind of resource that is, such as RESOURCE_TYPE_ENVIRONMENT.",
            javaType = "String")
    public static final String SUBJECT_TYPE = "CamelGitpodSubjectType";

    @Metadata(
            label = "consumer",
            description = "When the audit-log entry was created: the RFC 3339 text as sent.",
            javaType = "String")
    public static final String CREATED_AT = "CamelGitpodCreatedAt";

    @Metadata(
            label = "consumer",
            description = "What kind of entry it is, such as AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE. Newer servers only.",
            javaType = "String")
    public static final String KIND = "CamelGitpodKind";

    @Metadata(label = "consumer", description = "With resolveNames: the name of who did it.", javaType = "String")
    public static final String ACTOR_NAME = "CamelGitpodActorName";

    @Metadata(
            label = "consumer",
            description = "With resolveNames: the mail address of who did it, if that is a person.",
            javaType = "String")
    public static final String ACTOR_EMAIL = "CamelGitpodActorEmail";

    @Metadata(
            label = "consumer",
            description = "With resolveNames: the name of what it was done to.",
            javaType = "String")
    public static final String SUBJECT_NAME = "CamelGitpodSubjectName";

    @Metadata(
            label = "consumer",
            description =
                    "True for an audit-log entry that is older than one delivered before it, and for a batch with such a one.",
            javaType = "Boolean")
    public static final String LATE = "CamelGitpodLate";

    @Metadata(
            description =
                    "The id of the organization that the access token is for; absent when the server does not tell.",
            javaType = "String")
    public static final String ORGANIZATION_ID = "CamelGitpodOrganizationId";

    @Metadata(
            label = "consumer",
            description =
                    "What an exchange of the event stream is: CHANGE, something happened to a resource. With gapEvents"
                            + " also GAP, events may be missing, and GAP_CLOSED, all was delivered that could be recovered.",
            javaType = "String")
    public static final String EVENT_TYPE = "CamelGitpodEventType";

    @Metadata(
            label = "consumer",
            description = "True for an event that was not sent by the server, but found out about a gap.",
            javaType = "Boolean")
    public static final String SYNTHETIC = "CamelGitpodSynthetic";

    @Metadata(
            label = "consumer",
            description = "What happened to the resource, such as RESOURCE_OPERATION_CREATE.",
            javaType = "String")
    public static final String OPERATION = "CamelGitpodOperation";

    @Metadata(
            label = "consumer",
            description = "What kind of resource it happened to, such as RESOURCE_TYPE_ENVIRONMENT.",
            javaType = "String")
    public static final String RESOURCE_TYPE = "CamelGitpodResourceType";

    @Metadata(label = "consumer", description = "The id of the resource.", javaType = "String")
    public static final String RESOURCE_ID = "CamelGitpodResourceId";

    @Metadata(
            label = "consumer",
            description = "When the event was received: an RFC 3339 text. The stream itself carries no time.",
            javaType = "String")
    public static final String RECEIVED_AT = "CamelGitpodReceivedAt";

    @Metadata(
            label = "consumer",
            description =
                    "The environment of the stream's scope; absent in the organization scope. Where every environment has a stream, also of events that are about an environment itself.",
            javaType = "String")
    public static final String ENVIRONMENT_ID = "CamelGitpodEnvironmentId";

    @Metadata(
            label = "consumer",
            description = "On the first event after a gap: since when events may be missing, an RFC 3339 text.",
            javaType = "String")
    public static final String GAP_FROM = "CamelGitpodGapFrom";

    @Metadata(
            label = "consumer",
            description = "On the first event after a gap: until when events may be missing, an RFC 3339 text.",
            javaType = "String")
    public static final String GAP_TO = "CamelGitpodGapTo";

    @Metadata(
            label = "consumer",
            description = "On the first event after a gap: why the stream was interrupted, such as reset or idle.",
            javaType = "String")
    public static final String GAP_REASON = "CamelGitpodGapReason";

    @Metadata(
            label = "producer",
            description = "With operation=list, in the place of the option actorIds. A text as there, or a list.",
            javaType = "String")
    public static final String ACTOR_IDS = "CamelGitpodActorIds";

    @Metadata(
            label = "producer",
            description =
                    "With operation=list, in the place of the option actorPrincipals. A text as there, or a list.",
            javaType = "String")
    public static final String ACTOR_PRINCIPALS = "CamelGitpodActorPrincipals";

    @Metadata(
            label = "producer",
            description = "With operation=list, in the place of the option subjectIds. A text as there, or a list.",
            javaType = "String")
    public static final String SUBJECT_IDS = "CamelGitpodSubjectIds";

    @Metadata(
            label = "producer",
            description = "With operation=list, in the place of the option subjectTypes. A text as there, or a list.",
            javaType = "String")
    public static final String SUBJECT_TYPES = "CamelGitpodSubjectTypes";

    @Metadata(
            label = "producer",
            description = "With operation=list, in the place of the option kinds. A text as there, or a list.",
            javaType = "String")
    public static final String KINDS = "CamelGitpodKinds";

    @Metadata(
            label = "producer",
            description = "With operation=list, in the place of the option from. A text as there, or an Instant.",
            javaType = "String")
    public static final String FROM = "CamelGitpodFrom";

    @Metadata(
            label = "producer",
            description = "With operation=list, in the place of the option to. A text as there, or an Instant.",
            javaType = "String")
    public static final String TO = "CamelGitpodTo";

    @Metadata(
            label = "producer",
            description = "With operation=list, in the place of the option limit.",
            javaType = "Integer")
    public static final String LIMIT = "CamelGitpodLimit";

    @Metadata(
            label = "consumer",
            description = "createdAt of an audit-log entry, or the time of receipt of an event, in milliseconds.",
            javaType = "long")
    public static final String MESSAGE_TIMESTAMP = Exchange.MESSAGE_TIMESTAMP;

    private GitpodConstants() {}
}
