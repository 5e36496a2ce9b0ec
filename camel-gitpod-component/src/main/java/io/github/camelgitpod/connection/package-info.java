/**
 * From the options of an endpoint to a client: address, token, TLS, proxy, and the pool of connections that the endpoints
 * of one component share for requests; a stream has a connection of its own. Internal.
 *
 * <p>It makes clients of {@link io.github.camelgitpod.client.http}. Begin with {@code Connections}.
 */
package io.github.camelgitpod.connection;
