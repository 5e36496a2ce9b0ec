/**
 * The Spring Boot starter: the component's options as properties, and its consumers' figures as meters. Users set properties and
 * name no class of it: internal, though Spring needs some of it public.
 *
 * <p>Begin with {@link io.github.camelgitpod.springboot.GitpodComponentAutoConfiguration}. What an option means, the component
 * says; {@code GitpodMetrics} reads what the consumers show of themselves.
 */
package io.github.camelgitpod.springboot;
