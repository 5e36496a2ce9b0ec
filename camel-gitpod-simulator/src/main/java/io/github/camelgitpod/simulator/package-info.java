/**
 * A stand-in for Gitpod's API: its EventService, and what the component asks of the services for environments, runners,
 * projects and people.
 *
 * <p>{@link io.github.camelgitpod.simulator.GitpodSimulator} runs it inside a program, {@link
 * io.github.camelgitpod.simulator.GitpodSimulatorExtension} around JUnit tests, {@link
 * io.github.camelgitpod.simulator.spring.AutoConfigureGitpodSimulator} beside a Spring application under test, {@link
 * io.github.camelgitpod.simulator.GitpodSimulatorMain} from the command line. The other packages below this one are how it
 * works, not part of its API.
 */
package io.github.camelgitpod.simulator;
