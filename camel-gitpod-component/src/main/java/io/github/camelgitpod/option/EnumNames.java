package io.github.camelgitpod.option;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The enums of the API whose values an option can name, in full or short, in any case: {@code RESOURCE_TYPE_USER_SECRET} or
 * {@code user_secret}. Only options are held to these lists; what a server sends passes as it is. A full name that is not listed is
 * taken too: servers learn new ones.
 */
public enum EnumNames {
    PRINCIPAL(KnownValues.PRINCIPALS),
    RESOURCE_TYPE(KnownValues.RESOURCE_TYPES),
    RESOURCE_OPERATION(KnownValues.OPERATIONS),
    AUDIT_LOG_ENTRY_KIND(KnownValues.KINDS);

    private static final Logger LOG = LoggerFactory.getLogger(EnumNames.class);
    private static final Pattern NAME = Pattern.compile("[A-Z0-9]+(_[A-Z0-9]+)*");

    /** In each enum the name for a value that is missing. No server filters by it. */
    private static final String NOTHING = "UNSPECIFIED";

    private final List<String> known;

    EnumNames(String known) {
        this.known = List.of(known.split(", "));
    }

    /** Short, in lower case; a server may have more. */
    public List<String> known() {
        return known;
    }

    /**
     * The values of an option as the API writes them, in full.
     *
     * @param value separated by commas; null: none
     * @throws IllegalArgumentException when a short one is unknown, with the nearest names, or a full one is of another enum
     */
    public List<String> parse(String option, String value) {
        return parse(option, value, Level.INFO);
    }

    /** @param newer how to log that this version does not know a full name */
    public List<String> parse(String option, String value, Level newer) {
        return CommaList.parse(option, value).stream()
                .map(item -> fullName(option, item, newer))
                .toList();
    }

    private String fullName(String option, String value, Level newer) {
        String upper = value.toUpperCase(Locale.ROOT).replace('-', '_');
        refuseOtherFamilies(option, value, upper);
        boolean full = upper.startsWith(prefix());
        String shortName = full ? upper.substring(prefix().length()) : upper;
        if (!known.contains(shortName.toLowerCase(Locale.ROOT))) {
            if (!full || !NAME.matcher(shortName).matches() || shortName.equals(NOTHING)) {
                throw OptionErrors.withoutValue(
                        option,
                        "has the unknown value " + value + "; nearest: " + NearestNames.of(shortName, known),
                        String.join(", ", known) + ", or one that is newer than this version, in full: " + prefix()
                                + "...");
            }
            LOG.atLevel(newer)
                    .log(
                            "Option {} has the value {}, which this version does not know; it is used as it is",
                            option,
                            upper);
        }
        return prefix() + shortName;
    }

    private void refuseOtherFamilies(String option, String value, String upper) {
        for (EnumNames other : values()) {
            if (other != this && upper.startsWith(other.prefix())) {
                throw OptionErrors.withoutValue(
                        option,
                        "has the value " + value + ", which is no " + prefix() + "...",
                        String.join(", ", known));
            }
        }
    }

    private String prefix() {
        return name() + "_";
    }
}
