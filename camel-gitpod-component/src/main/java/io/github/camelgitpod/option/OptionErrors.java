package io.github.camelgitpod.option;

import java.util.Arrays;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/** What is wrong with an option, always in one form: {@code Option name=value problem; allowed: what}. */
public final class OptionErrors {

    private OptionErrors() {}

    /** A value that needs no more explanation than what is allowed instead. */
    public static IllegalArgumentException wrong(String option, Object value, String allowed) {
        return wrong(option, value, "", allowed);
    }

    /** @param problem what is wrong with the value, such as {@code is not an instant}; empty: what is allowed says it */
    public static IllegalArgumentException wrong(String option, Object value, String problem, String allowed) {
        return withoutValue(option + "=" + value, problem, allowed);
    }

    /**
     * One where the whole value helps nobody or must not be shown: it is missing, secret, or wrong in one part.
     *
     * @param problem what is wrong, such as {@code is missing} or {@code has the value x}
     */
    public static IllegalArgumentException withoutValue(String option, String problem, String allowed) {
        return new IllegalArgumentException(
                "Option " + option + (problem.isEmpty() ? "" : " " + problem) + "; allowed: " + allowed);
    }

    /**
     * A value that Camel could not convert.
     *
     * @param configurer knows the options' types
     */
    public static IllegalArgumentException notConverted(
            PropertyBindingException failure, PropertyConfigurer configurer) {
        Class<?> type = configurer instanceof PropertyConfigurerGetter getter
                ? getter.getOptionType(failure.getPropertyName(), true)
                : null;
        IllegalArgumentException wrong = wrong(failure.getPropertyName(), failure.getValue(), allowed(type));
        wrong.initCause(failure);
        return wrong;
    }

    private static String allowed(Class<?> type) {
        if (type == null) {
            return "see the documentation";
        }
        if (type.isEnum()) {
            return String.join(
                    ", ",
                    Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList());
        }
        if (type == long.class) {
            return "a duration such as 30s or 1m30s, or a number of milliseconds";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true, false";
        }
        return "a " + type.getSimpleName() + ", such as one of the registry: #bean:name";
    }
}
