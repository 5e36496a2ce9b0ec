/**
 * The data types: audit-log entries, batches and listings as CloudEvents, OCSF, ECS, OpenTelemetry logs and lines of JSON; events
 * and gaps as CloudEvents and OpenTelemetry logs. Internal: routes name them, such as {@code gitpod:application-ecs+json}.
 *
 * <p>A {@code …Transformer} is what Camel finds by that name, a {@code …Form} writes one entry, {@code Tables} says which word of
 * a standard stands for what. Nothing is invented: what an entry does not tell is left out. Begin with
 * {@link io.github.camelgitpod.transform.FormTransformer}.
 */
package io.github.camelgitpod.transform;
