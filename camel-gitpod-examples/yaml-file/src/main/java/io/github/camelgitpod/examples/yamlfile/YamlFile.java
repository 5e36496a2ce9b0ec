package io.github.camelgitpod.examples.yamlfile;

import org.apache.camel.main.Main;

/** Starts camel-main, which finds {@code camel/*.yaml} and {@code application.properties} by itself. */
public final class YamlFile {
    private YamlFile() {}

    /**
     * Runs until it is interrupted.
     *
     * @param args as camel-main takes them
     */
    public static void main(String[] args) throws Exception {
        new Main().run(args);
    }
}
