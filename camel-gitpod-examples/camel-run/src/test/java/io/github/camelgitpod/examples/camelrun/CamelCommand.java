package io.github.camelgitpod.examples.camelrun;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** The command {@code camel}, in a process of its own. */
final class CamelCommand {
    private CamelCommand() {}

    /** @param args as typed after {@code camel} */
    public static void main(String[] args) {
        CamelJBangMain.run(args);
    }
}
