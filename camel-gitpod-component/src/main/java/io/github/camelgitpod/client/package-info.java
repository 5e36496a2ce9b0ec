/**
 * What can be asked of Gitpod's API, and what it answers: requests, pages, connections, failures. Internal, without
 * Camel and without HTTP, which is in {@link io.github.camelgitpod.client.http}.
 *
 * <p>Also what every room above needs with it: the server's limits, waits, and what is told once.
 *
 * <p>It uses {@link io.github.camelgitpod.model} only. Begin with {@code GitpodClient}.
 */
package io.github.camelgitpod.client;
