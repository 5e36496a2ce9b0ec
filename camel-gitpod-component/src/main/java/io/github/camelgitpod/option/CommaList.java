package io.github.camelgitpod.option;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Options that hold several values, separated by commas. */
public final class CommaList {

    private CommaList() {}

    /**
     * The values of an option, without the white space around them.
     *
     * @param value null: none. An option that is repeated in a URI arrives as {@code [a, b]}, which is the same
     * @throws IllegalArgumentException when it is empty, which would be taken for no filter, or a value between two commas is
     */
    public static List<String> parse(String option, String value) {
        if (value == null) {
            return List.of();
        }
        if (value.isBlank()) {
            throw OptionErrors.withoutValue(option, "is empty", "values separated by commas, or not to set it");
        }
        String trimmed = value.trim();
        boolean repeated = trimmed.startsWith("[") && trimmed.endsWith("]");
        String list = repeated ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
        List<String> values =
                Arrays.stream(list.split(",", -1)).map(String::trim).toList();
        if (values.contains("")) {
            throw OptionErrors.wrong(option, value, "has an empty value", "values separated by single commas");
        }
        return values;
    }

    /**
     * The same, each value in the canonical form of a UUID.
     *
     * @throws IllegalArgumentException when one is not a UUID
     */
    public static List<String> uuids(String option, String value) {
        return parse(option, value).stream()
                .map(item -> uuid(item)
                        .orElseThrow(() -> OptionErrors.withoutValue(
                                option,
                                "has the value " + item,
                                "UUIDs, such as d2c94c27-3b76-4a42-b88c-95a85e392c68, separated by commas")))
                .toList();
    }

    /** The canonical form of a UUID; empty: it is none. */
    public static Optional<String> uuid(String text) {
        try {
            // The parser accepts shortened forms too.
            return Optional.of(UUID.fromString(text).toString()).filter(text::equalsIgnoreCase);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
