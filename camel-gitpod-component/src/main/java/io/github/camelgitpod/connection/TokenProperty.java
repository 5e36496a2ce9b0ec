package io.github.camelgitpod.connection;

import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;

/**
 * The property that the component's token was set by, as it was written. camel-main and Quarkus set an option once, to what its
 * placeholders stand for at the start, but the token that {@code {{hashicorp:...}}} stands for is rotated.
 */
public final class TokenProperty {
    private TokenProperty() {}

    /**
     * The token with its placeholders.
     *
     * @param context   with the properties
     * @param component whose token it is
     * @param token     as it was set; null: it was not
     * @return the property's text where it has placeholders that stand for the token; the token otherwise
     */
    public static String asWritten(CamelContext context, Component component, String token) {
        if (token == null || token.contains("{{")) {
            return token;
        }
        for (String name : context.getComponentNames()) {
            if (context.hasComponent(name) == component) {
                Pattern property = Pattern.compile(
                        "camel\\.component\\." + Pattern.quote(name) + "\\.(configuration\\.)?access-?token",
                        Pattern.CASE_INSENSITIVE);
                Properties written = context.getPropertiesComponent()
                        .loadProperties(key -> property.matcher(key).matches());
                return written.values().stream()
                        .map(Object::toString)
                        .filter(text -> text.contains("{{") && standsFor(context, text, token))
                        .findFirst()
                        .orElse(token);
            }
        }
        return token;
    }

    private static boolean standsFor(CamelContext context, String text, String token) {
        try {
            return token.equals(context.resolvePropertyPlaceholders(text));
        } catch (RuntimeException e) {
            // Set by something else, then: what this property says could not have been used.
            return false;
        }
    }
}
