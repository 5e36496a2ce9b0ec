package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/**
 * Camel's side of what the Kamelets do with options that a use leaves unset: as the default of a template's parameter, an optional
 * placeholder that nothing defines is no value, and hides what the process has under the parameter's name.
 */
class RouteTemplateTest {
    private static final String UNSET = "{{?camel.gitpod.unset}}";

    @Test
    void aParameterThatIsUnsetIsNotTakenFromTheProcess() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Properties ofTheProcess = new Properties();
            for (String option : new String[] {"accessToken", "baseUrl", "to", "stateRepository"}) {
                ofTheProcess.put(option, "of-the-process");
            }
            context.getPropertiesComponent().setInitialProperties(ofTheProcess);
            context.setAutoStartup(false);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    routeTemplate("of-a-kamelet")
                            .templateParameter("accessToken", UNSET)
                            .templateParameter("baseUrl", UNSET)
                            .templateParameter("to", UNSET)
                            .templateParameter("stateRepository", UNSET)
                            .from("gitpod:auditLogs?accessToken=RAW({{?accessToken}})&baseUrl={{?baseUrl}}&to={{?to}}"
                                    + "&stateRepository={{?stateRepository}}")
                            .to("log:sink");
                }
            });
            TemplatedRouteBuilder.builder(context, "of-a-kamelet").add();
            context.start();

            assertThat(context.getEndpoints())
                    .filteredOn(GitpodEndpoint.class::isInstance)
                    .singleElement()
                    .satisfies(endpoint -> {
                        GitpodEndpoint gitpod = (GitpodEndpoint) endpoint;
                        assertThat(gitpod.getConfiguration().getAccessToken()).isNull();
                        assertThat(gitpod.getConfiguration().getBaseUrl()).isNull();
                        assertThat(gitpod.getAuditLogConfiguration().getTo()).isNull();
                        assertThat(gitpod.getStateConfiguration().getStateRepository())
                                .isNull();
                    });
        }
    }

    @Test
    void aParameterThatIsSetArrives() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setAutoStartup(false);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    routeTemplate("of-a-kamelet")
                            .templateParameter("accessToken", UNSET)
                            .from("gitpod:auditLogs?accessToken=RAW({{?accessToken}})")
                            .to("log:sink");
                }
            });
            TemplatedRouteBuilder.builder(context, "of-a-kamelet")
                    .parameters(Map.of("accessToken", "own+token"))
                    .add();
            context.start();

            assertThat(context.getEndpoints())
                    .filteredOn(GitpodEndpoint.class::isInstance)
                    .extracting(endpoint ->
                            ((GitpodEndpoint) endpoint).getConfiguration().getAccessToken())
                    .containsExactly("own+token");
        }
    }
}
