package io.github.camelgitpod.state;

import java.util.Map;
import java.util.Set;

/**
 * What a route was told of the resources of its scope, as it is kept between two processes.
 *
 * @param listed   the types of which a whole listing was seen
 * @param versions by type and id; only of resources that the route was told of, or may have been told of
 */
public record KnownState(Set<String> listed, Map<String, Map<String, String>> versions) {}
