package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A page is in the file, whole or not at all. */
class AppendedPageTest {
    @TempDir
    private Path folder;

    @Test
    void pagesFollowEachOtherAlsoAfterHalfALine() throws Exception {
        Path file = folder.resolve("new/audit-log.jsonl");

        append(file, "{\"id\":1}\n{\"id\":2}\n");
        append(file, "{\"id\":3}");
        assertThat(file).content().isEqualTo("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");

        Files.writeString(file, "{\"id\":1}\n{\"i");
        append(file, "{\"id\":2}\n");
        assertThat(file).content().isEqualTo("{\"id\":1}\n{\"i\n{\"id\":2}\n");
    }

    /** Of the second page there is room for a part only. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatADiskThatIsFullTookOfAPageIsTakenBack() throws Exception {
        Path file = folder.resolve("audit-log.jsonl");

        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -S -f 4; exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendedPageTest.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(file).content().isEqualTo(page());
    }

    /** Appends two pages; exit status 3: the second one was refused. */
    public static void main(String... args) throws Exception {
        append(Path.of(args[0]), page());
        try {
            append(Path.of(args[0]), page());
        } catch (IOException e) {
            System.exit(3);
        }
    }

    private static String page() {
        return ("{\"text\":\"" + "x".repeat(1_000) + "\"}\n").repeat(3);
    }

    private static void append(Path file, String page) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("file.path", file.toString());
            DefaultExchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(page);
            new AppendedPage().process(exchange);
        }
    }
}
