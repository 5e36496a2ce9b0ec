/**
 * How requests and answers are written: JSON as protobuf has it, names of enums, timestamps, UUIDs, pages, errors. Internal.
 *
 * <p>It uses nothing else of the simulator. Begin with {@code RequestMessage} and {@code ConnectException}.
 */
package io.github.camelgitpod.simulator.protocol;
