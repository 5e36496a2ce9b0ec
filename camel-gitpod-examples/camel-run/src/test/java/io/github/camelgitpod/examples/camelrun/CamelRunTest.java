package io.github.camelgitpod.examples.camelrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The file of routes, run by Camel's command line with the one flag that the documentation names. */
class CamelRunTest {
    private static final String VERSION = System.getProperty("project.version");
    private static final String GROUP = "io/github/camelgitpod/";

    @RegisterExtension
    final GitpodSimulatorExtension gitpod =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken("a+token/of=16=="));

    @TempDir
    Path directory;

    @Test
    void oneFileAndOneFlagAreAnApplicationThatGoesOnWhereItWas() throws Exception {
        add("Secret created");
        add("Secret updated");
        String first = run(2);
        add("Secret deleted");
        String second = run(1);

        assertThat(first).contains("Secret created by", "Secret updated by").doesNotContain("a+token");
        assertThat(second).contains("Secret deleted by").doesNotContain("Secret created", "Secret updated");
    }

    private void add(String action) {
        gitpod.simulator().auditLog().add(Entry.at(gitpod.simulator().now()).withAction(action));
    }

    /** What it prints until it has delivered so many entries. */
    private String run(int entries) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmaven.repo.local=" + System.getProperty("localRepository"),
                "-cp",
                System.getProperty("java.class.path"),
                CamelCommand.class.getName(),
                "run",
                Path.of("audit-log.camel.yaml").toAbsolutePath().toString(),
                "--dep=mvn:io.github.camelgitpod:camel-gitpod-component:" + VERSION,
                // It is not on Maven Central, and this test does not want it to be installed.
                "--repos=" + repository().toUri(),
                "--max-messages=" + entries,
                "--max-seconds=60",
                "--logging-color=false");
        builder.environment().put("GITPOD_API_KEY", gitpod.simulator().accessToken());
        builder.environment().put("GITPOD_BASE_URL", gitpod.simulator().baseUrl());
        Process process = builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    /** A Maven repository with the component as this build has made it. */
    private Path repository() throws IOException {
        Path repository = directory.resolve("repository");
        put(repository, "camel-gitpod-parent", "pom", Path.of("../../pom.xml"));
        put(repository, "camel-gitpod-component", "pom", Path.of("../../camel-gitpod-component/pom.xml"));
        String jar = "camel-gitpod-component-" + VERSION + ".jar";
        put(repository, "camel-gitpod-component", "jar", Path.of("../../camel-gitpod-component/target", jar));
        return repository;
    }

    private static void put(Path repository, String artifact, String type, Path file) throws IOException {
        Path target = repository.resolve(GROUP + artifact).resolve(VERSION);
        Files.createDirectories(target);
        Files.copy(file, target.resolve(artifact + "-" + VERSION + "." + type), StandardCopyOption.REPLACE_EXISTING);
    }
}
