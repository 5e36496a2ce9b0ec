/**
 * How a consumer is, in words that health checks, JMX and the log share. Internal; no Camel.
 *
 * <p>Both features decide for themselves which state their consumer is in, each at one place; what the states are, this room
 * says. Begin with {@code HealthState}.
 */
package io.github.camelgitpod.health;
