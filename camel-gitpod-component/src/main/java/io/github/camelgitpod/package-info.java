/**
 * The Camel component {@code gitpod:}, as users and Camel see it: the component, its endpoint, the options that both
 * resources have, the names of the headers, the converters of the bodies, and the error that an answer of the API becomes.
 *
 * <p>The component and the endpoint are the top of the house: they make a consumer of {@link io.github.camelgitpod.auditlog}
 * or {@link io.github.camelgitpod.event} and hand it what it needs. Everything else here (options, header names, errors) may be
 * used by every room that knows Camel. Begin with {@link io.github.camelgitpod.GitpodEndpoint}.
 */
package io.github.camelgitpod;
