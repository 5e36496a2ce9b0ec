package io.github.camelgitpod.simulator;

/**
 * An account of the organization that no person owns.
 *
 * @param id its UUID
 * @param name its name
 * @param description what it is for
 */
public record ServiceAccount(String id, String name, String description) {}
