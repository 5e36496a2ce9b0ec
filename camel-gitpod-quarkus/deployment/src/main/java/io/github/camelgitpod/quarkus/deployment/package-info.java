/**
 * What Quarkus does when an application with the component is built, and the simulated organization that it gets in dev and test
 * mode. Internal: users set properties.
 *
 * <p>Begin with {@code GitpodProcessor}, then {@code GitpodDevServicesProcessor}.
 */
package io.github.camelgitpod.quarkus.deployment;
