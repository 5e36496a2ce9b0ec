package io.github.camelgitpod.client;

/**
 * Whose access token it is.
 *
 * @param organizationId   the organization it is for; null when the server does not say
 * @param organizationTier its plan, such as {@code ORGANIZATION_TIER_ENTERPRISE}; null likewise
 * @param subjectId        the token's owner; null likewise
 * @param principal        what kind of owner that is, such as {@code PRINCIPAL_USER}; null likewise
 */
public record Identity(String organizationId, String organizationTier, String subjectId, String principal) {}
