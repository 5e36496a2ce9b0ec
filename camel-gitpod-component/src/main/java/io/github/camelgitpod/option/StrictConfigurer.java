package io.github.camelgitpod.option;

import java.math.BigInteger;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Stands before a configurer that Camel generates, whatever an option is set by: a URI, a property of camel-main, Spring Boot or
 * Quarkus, a Kamelet. It reads numbers and durations strictly, where Camel's converters make 0 of {@code 10M} and 1 of 4294967297;
 * and it finds options in every locale, where the generated code lowers the case of {@code actorIds} to a Turkish one.
 */
public final class StrictConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+");

    /** The only option of type long that is no duration. */
    private static final String COUNT = "repeatCount";

    private final PropertyConfigurer generated;
    private final PropertyConfigurerGetter types;

    /** @param generated that of a component or its endpoints, which is a {@link PropertyConfigurerGetter} too */
    public StrictConfigurer(PropertyConfigurer generated) {
        this.generated = generated;
        this.types = (PropertyConfigurerGetter) generated;
    }

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        Object read = read(name, value, getOptionType(name, ignoreCase));
        return generated.configure(context, target, name, read, false)
                || (ignoreCase && generated.configure(context, target, lowerCase(name), read, false));
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        Class<?> type = types.getOptionType(name, false);
        return type == null && ignoreCase ? types.getOptionType(lowerCase(name), false) : type;
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        Object value = types.getOptionValue(target, name, false);
        return value == null && ignoreCase ? types.getOptionValue(target, lowerCase(name), false) : value;
    }

    @Override
    public String[] getAutowiredNames() {
        return types.getAutowiredNames();
    }

    @Override
    public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return types.getCollectionValueType(target, name, ignoreCase);
    }

    private static Object read(String option, Object value, Class<?> type) {
        String text = value instanceof String || value instanceof Number
                ? value.toString().strip()
                : "#";
        if (text.startsWith("#")) {
            // Camel looks for the bean.
            return value;
        }
        if (type == long.class && !option.equalsIgnoreCase(COUNT)) {
            return TimeTexts.duration(option, text, ChronoUnit.MILLIS);
        }
        if (type == long.class) {
            return number(option, text, Long.MAX_VALUE).longValueExact();
        }
        if (type == int.class || type == Integer.class) {
            return number(option, text, Integer.MAX_VALUE).intValueExact();
        }
        return value;
    }

    private static BigInteger number(String option, String text, long most) {
        if (WHOLE_NUMBER.matcher(text).matches()) {
            BigInteger number = new BigInteger(text);
            if (number.abs().compareTo(BigInteger.valueOf(most)) <= 0) {
                return number;
            }
        }
        throw OptionErrors.wrong(option, text, "is no number that it can have", "a whole number, at most " + most);
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
