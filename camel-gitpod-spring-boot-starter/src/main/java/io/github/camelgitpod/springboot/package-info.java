/**
 * The Spring Boot starter: the component's options as properties. Users set properties and name no class of it: internal, though
 * Spring needs some of it public.
 *
 * <p>Begin with {@link io.github.camelgitpod.springboot.GitpodComponentAutoConfiguration}. What an option means, the component
 * says; health and meters are its own, too.
 */
package io.github.camelgitpod.springboot;
