/**
 * The figures of a consumer as meters, where the application has Micrometer. Internal.
 *
 * <p>What there is to count, the consumers say; this room registers it, and removes it again. Only {@code MicrometerMeters} names
 * Micrometer, so that an application without it runs. Begin with {@code Figure}, then {@code Meters}.
 */
package io.github.camelgitpod.meter;
