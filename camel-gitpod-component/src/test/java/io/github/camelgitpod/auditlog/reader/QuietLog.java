package io.github.camelgitpod.auditlog.reader;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.camelgitpod.state.Standby;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Thousands of histories would log hundreds of thousands of lines. In a static field with {@code @RegisterExtension} for all of a class. */
public final class QuietLog implements BeforeAllCallback, AfterAllCallback {
    private final Logger reader = (Logger) LoggerFactory.getLogger("io.github.camelgitpod.auditlog");
    private final Logger standby = (Logger) LoggerFactory.getLogger(Standby.class);
    private final Logger tallies = (Logger) LoggerFactory.getLogger(NothingIsLostTest.class);
    private Level before;

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    public void begin() {
        before = reader.getLevel();
        reader.setLevel(Level.OFF);
        standby.setLevel(Level.OFF);
        tallies.setLevel(Level.INFO);
    }

    public void end() {
        reader.setLevel(before);
        tallies.setLevel(null);
        standby.setLevel(null);
    }
}
