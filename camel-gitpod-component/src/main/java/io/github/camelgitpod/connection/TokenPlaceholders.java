package io.github.camelgitpod.connection;

import io.github.camelgitpod.option.OptionErrors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the placeholders in a token stand for at this moment. While that cannot be found out, such as when a vault does not answer,
 * what they stood for last counts: whether it is still good is for the server to say.
 */
final class TokenPlaceholders {
    private static final Logger LOG = LoggerFactory.getLogger(TokenPlaceholders.class);

    private record Resolved(String text, String token) {}

    private final CamelContext context;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Resolved last;

    TokenPlaceholders(CamelContext context) {
        this.context = context;
    }

    /**
     * Null: an optional placeholder without a value.
     *
     * @throws IllegalArgumentException when it cannot be found out and never could; without a cause, since Camel repeats the text
     */
    String resolve(String text) {
        if (!text.contains("{{") && !text.contains("}}")) {
            return text;
        }
        try {
            String token = context.resolvePropertyPlaceholders(text);
            last = new Resolved(text, token);
            told.set(false);
            return token;
        } catch (RuntimeException e) {
            Resolved known = last;
            if (known != null && known.text.equals(text)) {
                if (told.compareAndSet(false, true)) {
                    LOG.warn(
                            "The placeholder in the option accessToken cannot be resolved now: the token that it stood for"
                                    + " is used until it can. {}",
                            e.getClass().getName());
                }
                return known.token;
            }
            throw OptionErrors.withoutValue(
                    "accessToken",
                    "holds {{ and cannot be resolved (not shown)",
                    "a token, or {{name}} of a property that there is; a token that itself holds {{ goes into the"
                            + " environment variable " + ConnectionOptions.TOKEN_VARIABLES.get(0));
        }
    }
}
