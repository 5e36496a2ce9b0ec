package io.github.camelgitpod.option;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A token that is written in a URI. Camel ends it at its first {@code &}, and takes the rest for options, unless it stands in
 * {@code RAW()}, which ends at the first closing bracket.
 */
public final class TokenInUri {
    private static final String TOKEN = "accesstoken";
    private static final Pattern RAW = Pattern.compile("[?&]access-?token=RAW[({]", Pattern.CASE_INSENSITIVE);
    private static final Pattern RAW_IN_ROUND = Pattern.compile("[?&]access-?token=RAW\\(", Pattern.CASE_INSENSITIVE);

    private TokenInUri() {}

    /** Whether the names of the other options may be pieces of the token. */
    public static boolean hasPieces(String uri, Map<String, Object> options) {
        return options.keySet().stream().anyMatch(TokenInUri::isToken)
                && !(RAW.matcher(uri).find() && others(options).noneMatch(TokenInUri::hasBracket));
    }

    /** Refuses one of which Camel would show a part. */
    public static void check(String uri, Map<String, Object> options) {
        options.forEach((name, value) -> {
            String text = String.valueOf(value);
            boolean open = text.startsWith("RAW(") || text.startsWith("RAW{");
            if (isToken(name) && (open || RAW_IN_ROUND.matcher(uri).find() && text.contains(")"))) {
                throw OptionErrors.withoutValue(
                        "accessToken",
                        open
                                ? "begins with RAW and a bracket that is not closed (not shown)"
                                : "has a bracket inside RAW() that closes it (not shown)",
                        "RAW(token), or RAW{token} for a token that has a round bracket");
            }
        });
    }

    private static Stream<String> others(Map<String, Object> options) {
        return options.entrySet().stream()
                .filter(option -> !isToken(option.getKey()))
                .map(option -> option.getKey() + option.getValue());
    }

    private static boolean isToken(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT).equals(TOKEN);
    }

    private static boolean hasBracket(String text) {
        return text.contains(")") || text.contains("}");
    }
}
