/**
 * A stand-in for Gitpod's EventService.
 *
 * <p>{@link io.github.camelgitpod.simulator.GitpodSimulator} runs it inside a program, {@link
 * io.github.camelgitpod.simulator.GitpodSimulatorExtension} around JUnit tests, {@link
 * io.github.camelgitpod.simulator.GitpodSimulatorMain} from the command line. The packages below this one are how it
 * works, not part of its API.
 */
package io.github.camelgitpod.simulator;
