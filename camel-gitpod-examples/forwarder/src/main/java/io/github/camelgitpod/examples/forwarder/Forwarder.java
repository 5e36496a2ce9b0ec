package io.github.camelgitpod.examples.forwarder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--coverage",
            description = "Say from when to when everything was forwarded, and why not longer, and end.")
    private boolean coverage;

    @Option(names = "--once", description = "Export the entries from --from to --to, say how many, and end.")
    private boolean once;

    @Option(names = "--from", paramLabel = "TIME", description = "The setting from.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The setting to.")
    private String to;

    @Mixin
    private EvidenceOptions evidence;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    private Forwarder(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @param args see {@code --help} */
    public static void main(String... args) {
        // Before anything is logged.
        boolean terminal = System.console() != null;
        System.setProperty("forwarder.log", terminal ? "words" : "json");
        System.setProperty("forwarder.clear", terminal ? "\r\u001b[K" : "");
        Thread forwarder = Thread.currentThread();
        CompletableFuture<Integer> status = new CompletableFuture<>();
        // A JVM that is ended by a signal would say 143, though it has done all that it should.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            forwarder.interrupt();
            Runtime.getRuntime().halt(status.join());
        }));
        status.complete(commandLine(System.getenv()).execute(args));
        System.exit(status.join());
    }

    /** @param environment whose variables are settings */
    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new Forwarder(environment));
        line.getCommandSpec().usageMessage().footer(Settings.help().split("\\R"));
        return line.setExecutionExceptionHandler((failure, command, arguments) -> {
            Throwable reason = SettingsException.reason(failure);
            // What this program says itself stands for itself.
            command.getErr().println(reason instanceof IllegalStateException ? reason.getMessage() : reason);
            return 1;
        });
    }

    @Override
    public Integer call() throws Exception {
        try {
            Map<String, String> options = new HashMap<>();
            putIfGiven(options, "from", from);
            putIfGiven(options, "to", to);
            Settings settings = Settings.read(config, environment, options);
            if (evidence.verifies()) {
                return evidence.verify(settings);
            }
            if (check) {
                return new Check(settings, spec.commandLine().getOut()).run() ? 0 : 1;
            }
            if (coverage) {
                return coverage(settings);
            }
            return once ? once(settings) : forward(settings);
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
    }

    /** Also while another process forwards: a dry run takes no lock. */
    private int coverage(Settings settings) throws Exception {
        Check.silence();
        Map<String, String> mode = Run.dry();
        mode.putAll(Place.options(settings));
        try (Run run = new Run(settings, mode, entry -> {})) {
            run.start();
            run.awaitAnswer();
            spec.commandLine().getOut().println(run.reading().coverage());
            return 0;
        }
    }

    private int once(Settings settings) throws Exception {
        if (from == null || to == null) {
            throw new SettingsException("--once needs --from and --to; allowed: a time, such as 2026-01-01");
        }
        String file = settings.get("file.path");
        if (file != null && Files.exists(Path.of(file))) {
            throw new SettingsException("file.path=" + file + "; allowed with --once: a file that does not exist yet");
        }
        return evidence.export(settings) ? 0 : 1;
    }

    private static int forward(Settings settings) throws Exception {
        if (HealthPort.isWanted(settings)) {
            HealthPort.tryToOpen(settings);
        }
        try (Run run = new Run(settings, Run.forEver(settings), entry -> {})) {
            run.forward(new Progress(System.console() != null));
        } catch (InterruptedException e) {
            // By SIGTERM: the exchange under way is finished, and the place saved.
            return 0;
        }
        return 0;
    }

    private static void putIfGiven(Map<String, String> options, String name, String value) {
        if (value != null) {
            options.put(name, value);
        }
    }
}
