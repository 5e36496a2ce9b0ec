package io.github.camelgitpod.examples.forwarder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The forwarder's command line. */
@Command(
        name = "forwarder",
        mixinStandardHelpOptions = true,
        description =
                "Forwards the audit log of a Gitpod (Ona) organization to a sink, and goes on where it was after a restart.",
        footerHeading = "%nSettings, in the file or as variables, such as FORWARDER_FILE_PATH for file.path:%n%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all is well; stopped by SIGTERM, too",
            "1:a check or an export failed",
            "2:a setting or an option is wrong"
        })
public final class Forwarder implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Read settings from this file of properties.")
    private Path config;

    @Option(
            names = "--check",
            description = "Try token, access, clocks, state and sink, say what is right and wrong, and end.")
    private boolean check;

    @Option(names = "--once", description = "Export the entries from --from to --to, say how many, and end.")
    private boolean once;

    @Option(names = "--from", paramLabel = "TIME", description = "The setting from.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The setting to.")
    private String to;

    @Mixin
    private EvidenceOptions evidence;

    private Forwarder() {}

    /** @param args see {@code --help} */
    public static void main(String... args) {
        CommandLine line = new CommandLine(new Forwarder());
        line.getCommandSpec().usageMessage().footer(Settings.help().split("\\R"));
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try {
            Map<String, String> options = new HashMap<>();
            putIfGiven(options, "from", from);
            putIfGiven(options, "to", to);
            Settings settings = Settings.read(config, System.getenv(), options);
            if (evidence.verifies()) {
                return evidence.verify(settings);
            }
            return once ? once(settings) : 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private int once(Settings settings) throws Exception {
        if (from == null || to == null) {
            throw new SettingsException("--once needs --from and --to; allowed: a time, such as 2026-01-01");
        }
        String file = settings.values().get("file.path");
        if (file != null && Files.exists(Path.of(file))) {
            throw new SettingsException("file.path=" + file + "; allowed with --once: a file that does not exist yet");
        }
        return evidence.export(settings) ? 0 : 1;
    }

    private static void putIfGiven(Map<String, String> options, String name, String value) {
        if (value != null) {
            options.put(name, value);
        }
    }
}
