package io.github.camelgitpod.examples.forwarder;

import io.github.camelgitpod.examples.forwarder.evidence.ManifestWriter;
import io.github.camelgitpod.examples.forwarder.evidence.Verification;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The part of the command line that makes evidence of an export, and checks it. */
final class EvidenceOptions {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceOptions.class);

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "With --once: write beside the export what anybody can check it by.")
    private Path manifest;

    @Option(
            names = "--verify",
            paramLabel = "MANIFEST",
            description =
                    "Compare a manifest with --export and, if there is a token, with the server: 0 nothing differs,"
                            + " 1 something does, 2 it could not be compared.")
    private Path verified;

    @Option(names = "--export", paramLabel = "FILE", description = "With --verify: what was exported.")
    private Path exported;

    boolean verifies() {
        return verified != null;
    }

    /** Exports, and writes the manifest if one is wanted; false: not all is exported. */
    boolean export(Settings settings) throws Exception {
        if (manifest == null) {
            try (Run run = new Run(settings, Run.ONCE, entry -> {})) {
                return run.export();
            }
        }
        try (ManifestWriter writer = new ManifestWriter(manifest, settings.values());
                Run run = new Run(settings, Run.ONCE, writer::add)) {
            run.bind("httpClient", writer.httpClient());
            boolean complete = run.export();
            if (complete) {
                String version = Forwarder.class.getPackage().getImplementationVersion();
                LOG.info(
                        "Manifest: {}, its SHA-256: {}",
                        manifest,
                        writer.finish(run.context(), "camel-gitpod forwarder " + (version == null ? "?" : version)));
            }
            return complete;
        }
    }

    /** The exit status. */
    int verify(Settings settings) throws Exception {
        boolean token = settings.properties().containsKey(Settings.TOKEN)
                || Stream.of("GITPOD_API_KEY", "ONA_API_KEY", "ONA_TOKEN").anyMatch(System.getenv()::containsKey);
        if (exported == null && !token) {
            throw new SettingsException("--verify needs --export, or a token, by which the server is asked");
        }
        try (Run run = new Run(settings, Run.ONCE, entry -> {})) {
            CamelContext context = token ? run.startComponent() : null;
            return Verification.run(verified, exported, context, System.out::println) ? 0 : 1;
        } catch (NoSuchFileException e) {
            throw new SettingsException("Not compared: " + e.getMessage() + " is not there");
        } catch (Exception e) {
            throw new SettingsException(
                    "Not compared: " + (e.getClass() == IOException.class ? e.getMessage() : e.toString()));
        }
    }
}
