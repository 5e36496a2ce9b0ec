package io.github.camelgitpod.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConfiguration;
import java.util.HashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What becomes of each property. */
class GitpodComponentAutoConfigurationTest {
    private static final String PREFIX = "camel.component.gitpod.";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(CamelAutoConfiguration.class, GitpodComponentAutoConfiguration.class));

    @Test
    void everyPropertyReachesTheComponent() {
        OkHttpClient client = new OkHttpClient();
        SSLContextParameters ssl = new SSLContextParameters();
        application
                .withBean("client", OkHttpClient.class, () -> client)
                .withBean("ssl", SSLContextParameters.class, () -> ssl)
                .withPropertyValues(
                        PREFIX + "access-token=t0ken",
                        PREFIX + "allow-insecure-http=true",
                        PREFIX + "autowired-enabled=false",
                        PREFIX + "base-url=http://gitpod.example/api",
                        PREFIX + "bridge-error-handler=true",
                        PREFIX + "connect-timeout=3s",
                        PREFIX + "health-check-consumer-enabled=false",
                        PREFIX + "health-check-producer-enabled=false",
                        PREFIX + "http-client=#bean:client",
                        PREFIX + "max-retries=7",
                        PREFIX + "max-retry-after=1m30s",
                        PREFIX + "proxy-host=proxy.example",
                        PREFIX + "proxy-port=3128",
                        PREFIX + "request-timeout=45000",
                        PREFIX + "ssl-context-parameters=#ssl",
                        PREFIX + "use-global-ssl-context-parameters=true")
                .run(context -> {
                    GitpodComponent component = component(context);
                    GitpodConfiguration options = component.getConfiguration();
                    assertThat(options.getAccessToken()).isEqualTo("t0ken");
                    assertThat(options.isAllowInsecureHttp()).isTrue();
                    assertThat(component.isAutowiredEnabled()).isFalse();
                    assertThat(options.getBaseUrl()).isEqualTo("http://gitpod.example/api");
                    assertThat(component.isBridgeErrorHandler()).isTrue();
                    assertThat(options.getConnectTimeout()).isEqualTo(3_000);
                    assertThat(component.isHealthCheckConsumerEnabled()).isFalse();
                    assertThat(component.isHealthCheckProducerEnabled()).isFalse();
                    assertThat(options.getHttpClient()).isSameAs(client);
                    assertThat(options.getMaxRetries()).isEqualTo(7);
                    assertThat(options.getMaxRetryAfter()).isEqualTo(90_000);
                    assertThat(options.getProxyHost()).isEqualTo("proxy.example");
                    assertThat(options.getProxyPort()).isEqualTo(3128);
                    assertThat(options.getRequestTimeout()).isEqualTo(45_000);
                    assertThat(options.getSslContextParameters()).isSameAs(ssl);
                    assertThat(component.isUseGlobalSslContextParameters()).isTrue();
                });
    }

    @Test
    void anOptionThatIsNoPropertyStaysAsTheApplicationSetIt() {
        application
                .withBean("gitpod", GitpodComponent.class, () -> {
                    GitpodComponent component = new GitpodComponent();
                    component.getConfiguration().setMaxRetries(9);
                    component.getConfiguration().setRequestTimeout(1_000);
                    component.setHealthCheckConsumerEnabled(false);
                    return component;
                })
                .withPropertyValues(PREFIX + "request-timeout=2s")
                .run(context -> {
                    GitpodComponent component = component(context);
                    assertThat(component.getConfiguration().getMaxRetries()).isEqualTo(9);
                    assertThat(component.getConfiguration().getRequestTimeout()).isEqualTo(2_000);
                    assertThat(component.isHealthCheckConsumerEnabled()).isFalse();
                });
    }

    @Test
    void aConfigurationOfTheApplicationsIsTakenAndOtherPropertiesAreSetOnIt() {
        GitpodConfiguration own = new GitpodConfiguration();
        own.setBaseUrl("https://gitpod.example/api");
        own.setMaxRetries(9);
        application
                .withBean("own", GitpodConfiguration.class, () -> own)
                .withPropertyValues(PREFIX + "configuration=#bean:own", PREFIX + "max-retries=1")
                .run(context -> {
                    GitpodConfiguration options = component(context).getConfiguration();
                    assertThat(options.getBaseUrl()).isEqualTo("https://gitpod.example/api");
                    assertThat(options.getMaxRetries()).isEqualTo(1);
                });
    }

    @Test
    void anotherComponentGetsItsOwnPropertiesOnly() {
        OkHttpClient client = new OkHttpClient();
        application
                .withBean("stagingGitpod", GitpodComponent.class, GitpodComponent::new)
                .withBean("client", OkHttpClient.class, () -> client)
                .withPropertyValues(
                        PREFIX + "access-token=of-gitpod",
                        PREFIX + "base-url=https://gitpod.example/api",
                        PREFIX + "max-retries=7",
                        PREFIX + "autowired-enabled=false",
                        "camel.component.staging-gitpod.base-url=https://staging.example/api",
                        "camel.component.staging-gitpod.access-token=${staging.token}",
                        "staging.token=of-staging",
                        "camel.component.staging-gitpod.http-client=#bean:client")
                .run(context -> {
                    GitpodConfiguration staging =
                            component(context, "stagingGitpod").getConfiguration();
                    assertThat(staging.getAccessToken()).isEqualTo("of-staging");
                    assertThat(staging.getBaseUrl()).isEqualTo("https://staging.example/api");
                    assertThat(staging.getMaxRetries()).isEqualTo(2);
                    assertThat(staging.getHttpClient()).isSameAs(client);
                    GitpodConfiguration gitpod = component(context).getConfiguration();
                    assertThat(gitpod.getAccessToken()).isEqualTo("of-gitpod");
                    assertThat(gitpod.getBaseUrl()).isEqualTo("https://gitpod.example/api");
                    assertThat(gitpod.getMaxRetries()).isEqualTo(7);
                    assertThat(gitpod.getHttpClient()).isNull();
                });
    }

    @Test
    void anotherComponentWithoutPropertiesStaysAsItIs() {
        application
                .withBean("staging", GitpodComponent.class, () -> {
                    GitpodComponent component = new GitpodComponent();
                    component.getConfiguration().setBaseUrl("https://staging.example/api");
                    return component;
                })
                .withPropertyValues(PREFIX + "access-token=of-gitpod", PREFIX + "base-url=https://gitpod.example/api")
                .run(context -> {
                    GitpodConfiguration staging = component(context, "staging").getConfiguration();
                    assertThat(staging.getAccessToken()).isNull();
                    assertThat(staging.getBaseUrl()).isEqualTo("https://staging.example/api");
                    assertThat(component(context).getConfiguration().getAccessToken())
                            .isEqualTo("of-gitpod");
                });
    }

    @Test
    void anHttpClientBeanIsTakenByItself() {
        OkHttpClient client = new OkHttpClient();
        application.withBean(OkHttpClient.class, () -> client).run(context -> assertThat(
                        component(context).getConfiguration().getHttpClient())
                .isSameAs(client));
    }

    @Test
    void propertiesCanBeDisabled() {
        application
                .withPropertyValues(PREFIX + "enabled=false", PREFIX + "max-retries=7")
                .run(context -> assertThat(component(context).getConfiguration().getMaxRetries())
                        .isEqualTo(2));
        application
                .withPropertyValues(PREFIX + "customizer.enabled=false", PREFIX + "max-retries=7")
                .run(context -> assertThat(component(context).getConfiguration().getMaxRetries())
                        .isEqualTo(2));
    }

    @Test
    void aWrongValueIsToldWithItsPropertyAndWhatIsAllowed() {
        assertRefused(
                "http-client=client",
                PREFIX + "http-client",
                "client is not a reference to a bean; allowed: #bean:name, or #name, of a bean of type okhttp3.OkHttpClient");
        assertRefused("http-client=#bean:nobody", PREFIX + "http-client", "nobody");
        assertRefused("max-retries=many", PREFIX + "max-retries", "many");
        assertRefused(
                "request-timeout=5M",
                "Option requestTimeout=5M is no duration; allowed: a duration such as 500ms, 30s, 1m30s");
        assertRefused("connect-timeout=1w", "Option connectTimeout=1w is no duration");
        assertRefused("max-retry-after=", "Option maxRetryAfter= is no duration");
    }

    @Test
    void aBeanThatIsMissingIsNotShownIfItMayBeAToken() {
        application.withPropertyValues(PREFIX + "access-token=#bean:canary").run(context -> assertThat(
                        catchThrowable(() -> component(context)))
                .hasStackTraceContaining("Option accessToken has a value that cannot be used (not shown)")
                .satisfies(
                        failure -> assertThat(Throwables.getStackTrace(failure)).doesNotContain("canary")));
    }

    @Test
    void aPlaceholderInATokenIsResolvedAtEachRequest() {
        Map<String, Object> changing = new HashMap<>(Map.of("my.token", "first"));
        application
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("changing", changing)))
                .withPropertyValues(
                        PREFIX + "access-token={{my.token}}", "camel.component.staging.access-token=${my.token}")
                .withBean("staging", GitpodComponent.class, GitpodComponent::new)
                .run(context -> {
                    assertThat(component(context).getConfiguration().getAccessToken())
                            .isEqualTo("{{my.token}}");
                    assertThat(component(context, "staging").getConfiguration().getAccessToken())
                            .isEqualTo("first");
                    CamelContext camel = context.getBean(CamelContext.class);
                    assertThat(camel.resolvePropertyPlaceholders("{{my.token}}"))
                            .isEqualTo("first");
                    changing.put("my.token", "second");
                    assertThat(camel.resolvePropertyPlaceholders("{{my.token}}"))
                            .isEqualTo("second");
                });
    }

    private void assertRefused(String property, String... told) {
        application.withPropertyValues(PREFIX + property).run(context -> {
            Throwable failure = context.getStartupFailure();
            if (failure == null) {
                failure = catchThrowable(() -> component(context));
            }
            StringBuilder messages = new StringBuilder();
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                messages.append(cause.getMessage()).append('\n');
            }
            assertThat(messages.toString()).contains(told);
        });
    }

    private static GitpodComponent component(ApplicationContext context) {
        return component(context, "gitpod");
    }

    private static GitpodComponent component(ApplicationContext context, String name) {
        return context.getBean(CamelContext.class).getComponent(name, GitpodComponent.class);
    }
}
