package io.github.camelgitpod.client;

import java.util.List;

/**
 * One page of a listing, in the server's order.
 *
 * @param resources may be empty while there is a next page
 * @param nextToken asks for the next page; null: this was the last one
 */
public record ResourcePage(List<ListedResource> resources, String nextToken) {}
