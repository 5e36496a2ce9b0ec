package io.github.camelgitpod.examples.forwarder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesFunction;

/** {@code {{file:/path}}}: what stands in the file at this moment, without blanks around it; so a token that is rotated is taken up. */
final class FileFunction implements PropertiesFunction {
    static final String NAME = "file";
    static final String TOKEN_FILE = "gitpod.accessTokenFile";

    static void addTo(Main main) {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                starting.getCamelContext().getPropertiesComponent().addPropertiesFunction(new FileFunction());
            }
        });
    }

    /** @throws SettingsException when the token is said to be in a file, and that cannot be read */
    static void tryToReadToken(Settings settings) {
        String path = settings.get(TOKEN_FILE);
        try {
            if (path != null) {
                Files.readString(Path.of(path));
            }
        } catch (IOException | InvalidPathException e) {
            throw new SettingsException(TOKEN_FILE + "=" + path + "; allowed: a file that can be read. " + e);
        }
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String apply(String path) {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
