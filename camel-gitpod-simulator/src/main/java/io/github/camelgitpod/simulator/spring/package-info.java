/**
 * For tests of Spring applications: {@link io.github.camelgitpod.simulator.spring.AutoConfigureGitpodSimulator} is for users,
 * the rest is internal.
 *
 * <p>It uses {@link io.github.camelgitpod.simulator.GitpodSimulator}. Begin with {@code AutoConfigureGitpodSimulator}; Spring's
 * tests find the rest by {@code META-INF/spring.factories}.
 */
package io.github.camelgitpod.simulator.spring;
