package io.github.camelgitpod.simulator;

import java.time.Instant;

/**
 * A person of the organization.
 *
 * @param userId their UUID
 * @param fullName their name
 * @param email their address
 * @param role such as {@code ORGANIZATION_ROLE_MEMBER}
 * @param status such as {@code USER_STATUS_ACTIVE}
 * @param memberSince when they joined
 */
public record Member(String userId, String fullName, String email, String role, String status, Instant memberSince) {}
