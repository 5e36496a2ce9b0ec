package io.github.camelgitpod.springboot;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.option.OptionErrors;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Sets the {@code camel.component.gitpod.*} properties on the component of that name when Camel makes it, and
 * {@code camel.component.<name>.*} on another one, a bean of the application: a second organization has a token of its own.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.gitpod"})
@EnableConfigurationProperties(GitpodComponentConfiguration.class)
public class GitpodComponentAutoConfiguration {
    private static final String GITPOD = "gitpod";

    @Bean
    @ConfigurationPropertiesBinding
    static GitpodBeanReferenceConverter gitpodBeanReferenceConverter(ApplicationContext beans) {
        return new GitpodBeanReferenceConverter(beans);
    }

    @Lazy
    @Bean
    ComponentCustomizer configureGitpodComponent(
            CamelContext context,
            Environment environment,
            GitpodComponentConfiguration ofGitpod,
            ApplicationContext beans) {
        return new ComponentCustomizer() {
            @Override
            public boolean isEnabled(String name, Component target) {
                return target instanceof GitpodComponent
                        && HierarchicalPropertiesEvaluator.evaluate(
                                environment, "camel.component.customizer", prefix(name) + ".customizer");
            }

            @Override
            public void configure(String name, Component target) {
                GitpodComponentConfiguration properties =
                        name.equals(GITPOD) ? ofGitpod : propertiesOf(name, environment, beans);
                if (properties.getConfiguration() != null) {
                    // First, whatever the order below is: the other properties are set on it.
                    ((GitpodComponent) target).setConfiguration(properties.getConfiguration());
                }
                set(context, properties, target);
            }
        };
    }

    /** In the form that Spring compares names in: {@code stagingGitpod} is {@code staging-gitpod} is {@code staginggitpod}. */
    private static ConfigurationPropertyName prefix(String name) {
        return ConfigurationPropertyName.adapt("camel.component." + name, '.');
    }

    /** Bound here, since the names are known only when Camel makes the components. */
    private static GitpodComponentConfiguration propertiesOf(
            String name, Environment environment, ApplicationContext beans) {
        ApplicationConversionService conversion = new ApplicationConversionService();
        conversion.addConverter(new GitpodBeanReferenceConverter(beans));
        return new Binder(
                        ConfigurationPropertySources.get(environment),
                        new PropertySourcesPlaceholdersResolver(environment),
                        conversion)
                .bind(prefix(name), Bindable.of(GitpodComponentConfiguration.class))
                .orElseGet(GitpodComponentConfiguration::new);
    }

    /**
     * Not with {@code CamelPropertiesHelper.copyProperties}: a value that was refused is for it the name of a bean, and it tells that
     * there is none, instead of what is wrong.
     */
    private static void set(CamelContext context, GitpodComponentConfiguration properties, Component target) {
        // Makes the configurer.
        ServiceHelper.initService(target);
        PropertyConfigurer configurer = target.getComponentPropertyConfigurer();
        Map<String, Object> values = CamelPropertiesHelper.getNonNullProperties(context, properties);
        String token = properties.getAccessToken();
        if (token != null && !token.startsWith("#")) {
            // As it is: the component resolves placeholders at each request, and does not repeat a text that it cannot
            // resolve.
            ((GitpodComponent) target).getConfiguration().setAccessToken(token);
            values.remove("accessToken");
        }
        try {
            PropertyBindingSupport.build()
                    .withConfigurer(configurer)
                    .withIgnoreCase(true)
                    .bind(context, target, values);
        } catch (PropertyBindingException e) {
            throw OptionErrors.notSet(e, (PropertyConfigurerGetter) configurer, "accessToken");
        }
    }
}
