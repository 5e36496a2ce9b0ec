package io.github.camelgitpod.option;

import java.util.Arrays;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/** Says what is allowed where Camel could not convert the value of an option, and says only that. */
public final class OptionErrors {

    private OptionErrors() {}

    /** @param configurer knows the options' types */
    public static IllegalArgumentException explained(PropertyBindingException failure, PropertyConfigurer configurer) {
        Class<?> type = configurer instanceof PropertyConfigurerGetter getter
                ? getter.getOptionType(failure.getPropertyName(), true)
                : null;
        return new IllegalArgumentException(
                "Option " + failure.getPropertyName() + "=" + failure.getValue() + "; allowed: " + allowed(type),
                failure);
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
