package io.github.camelgitpod.option;

import java.util.Arrays;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.util.ObjectHelper;

/** What is wrong with an option, always in one form: {@code Option name=value problem; allowed: what}. */
public final class OptionErrors {

    private OptionErrors() {}

    /** A value that needs no more explanation than what is allowed instead. */
    public static OptionException wrong(String option, Object value, String allowed) {
        return wrong(option, value, "", allowed);
    }

    /** @param problem what is wrong with the value, such as {@code is not an instant}; empty: what is allowed says it */
    public static OptionException wrong(String option, Object value, String problem, String allowed) {
        return withoutValue(option + "=" + value, problem, allowed);
    }

    /**
     * One where the whole value helps nobody or must not be shown: it is missing, secret, or wrong in one part.
     *
     * @param problem what is wrong, such as {@code is missing} or {@code has the value x}
     */
    public static OptionException withoutValue(String option, String problem, String allowed) {
        return new OptionException(message(option, problem, allowed), null);
    }

    /**
     * The same, with the failure behind it.
     *
     * @param cause must not hold what must not be shown
     */
    public static OptionException withoutValue(String option, String problem, String allowed, Throwable cause) {
        return new OptionException(message(option, problem, allowed), cause);
    }

    /**
     * A value that could not be set.
     *
     * @param types  of the options
     * @param secret the option whose value is never shown
     */
    public static OptionException notSet(
            PropertyBindingException failure, PropertyConfigurerGetter types, String secret) {
        if (failure.getCause() instanceof OptionException wrong) {
            return wrong;
        }
        String option = failure.getPropertyName();
        if (option.equalsIgnoreCase(secret)) {
            return withoutValue(
                    secret,
                    "has a value that cannot be used (not shown)",
                    "a text, or #bean:name of one in the registry");
        }
        String problem = ObjectHelper.getException(NoSuchBeanException.class, failure) == null
                ? ""
                : "names a bean that is not in the registry";
        return withoutValue(
                option + "=" + failure.getValue(), problem, allowed(types.getOptionType(option, true)), failure);
    }

    private static String message(String option, String problem, String allowed) {
        return "Option " + option + (problem.isEmpty() ? "" : " " + problem) + "; allowed: " + allowed;
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
        if (type == boolean.class || type == Boolean.class) {
            return "true, false";
        }
        return "a " + type.getSimpleName() + ", such as one of the registry: #bean:name";
    }
}
