package io.github.camelgitpod.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** The tests run with the versions that the build means, whatever BOM was faster. */
class VersionsTest {

    @Test
    void springBootAndCamelAreThoseOfTheBuild() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.version"));
        assertThat(new DefaultCamelContext().getVersion()).isEqualTo(System.getProperty("camel.version"));
    }
}
