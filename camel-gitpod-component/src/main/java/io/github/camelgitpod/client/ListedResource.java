package io.github.camelgitpod.client;

/**
 * What is kept of a resource that the server listed.
 *
 * @param id        its UUID
 * @param creatorId who created it; null when the server does not say
 * @param version   11 characters that are others when anything in the resource's JSON has changed; white space and the order
 *                  of fields do not count
 */
public record ListedResource(String id, String creatorId, String version) {}
