package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.concurrent.ThreadType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The tests run on the Camel that the build says they run on: the compatibility module would prove nothing otherwise. */
class CamelVersionTest {

    @Test
    @EnabledIfSystemProperty(named = "camel.version", matches = ".+")
    void theCamelOnTheClassPathIsTheOneUnderTest() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(context.getVersion()).isEqualTo(System.getProperty("camel.version"));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "camel.threads.virtual.enabled", matches = "true")
    void camelsThreadsAreVirtual() {
        assertThat(ThreadType.current()).isEqualTo(ThreadType.VIRTUAL);
    }
}
