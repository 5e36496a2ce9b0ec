package io.github.camelgitpod.client;

import java.util.List;

/**
 * One page of names.
 *
 * @param names     may be empty while there is a next page
 * @param nextToken asks for the next page; null: this was the last one
 */
public record NamePage(List<Named> names, String nextToken) {}
