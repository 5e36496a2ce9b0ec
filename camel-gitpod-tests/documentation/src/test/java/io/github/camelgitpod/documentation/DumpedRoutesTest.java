package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What the pages say about Camel's own {@code dumpRoutes}: which ways to give the token it shows in clear. */
class DumpedRoutesTest {
    /** The surefire configuration of this module puts it into the environment. */
    private static final String TOKEN = System.getenv("GITPOD_API_KEY");

    @RegisterExtension
    final GitpodSimulatorExtension gitpod =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken(TOKEN));

    @ParameterizedTest
    @CsvSource(textBlock = """
            # option of the route,           property of the component, shown
            '',                              '',                        false
            '',                              TOKEN,                     false
            '',                              {{env:GITPOD_API_KEY}},    false
            accessToken=RAW(TOKEN),          '',                        true
            accessToken=RAW({{my.token}}),   '',                        true
            """)
    void theTokenIsShownWhereItIsAnOptionOfTheRoute(String option, String property, boolean shown) throws Exception {
        List<String> lines = dump(option.replace("TOKEN", TOKEN), property.equals("TOKEN") ? TOKEN : property);

        assertThat(lines).anyMatch(line -> line.contains("gitpod:auditLogs"));
        assertThat(lines.stream().anyMatch(line -> line.contains(TOKEN))).isEqualTo(shown);
    }

    private List<String> dump(String option, String property) throws Exception {
        LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger camel = loggers.getLogger("org.apache.camel");
        Level before = camel.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        camel.addAppender(log);
        camel.setLevel(Level.INFO);
        Main main = new Main();
        try {
            main.configure().setDumpRoutes("xml");
            main.addInitialProperty(
                    "camel.component.gitpod.base-url", gitpod.simulator().baseUrl());
            main.addInitialProperty("my.token", TOKEN);
            if (!property.isEmpty()) {
                main.addInitialProperty("camel.component.gitpod.access-token", property);
            }
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    from("gitpod:auditLogs" + (option.isEmpty() ? "" : "?" + option))
                            .routeId("audit-log")
                            .to("mock:out");
                }
            });
            main.start();
        } finally {
            main.stop();
            camel.setLevel(before);
            camel.detachAppender(log);
        }
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
