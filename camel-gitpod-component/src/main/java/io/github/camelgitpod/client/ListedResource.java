package io.github.camelgitpod.client;

/**
 * What is kept of a resource that the server listed.
 *
 * @param id        its UUID
 * @param creatorId who created it; null when the server does not say
 * @param version   11 characters that change with anything in the resource's JSON, except white space and the order of fields
 */
public record ListedResource(String id, String creatorId, String version) {}
