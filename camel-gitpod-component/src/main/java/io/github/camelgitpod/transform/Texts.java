package io.github.camelgitpod.transform;

import java.util.Locale;

/** What the standards demand of texts. */
final class Texts {
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** With its unpaired surrogates replaced, which UTF-8 cannot express: a receiver may refuse the whole document for one. */
    static String utf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (!isPairAt(text, i)) {
                return withoutUnpaired(text);
            }
            i++;
        }
        return text;
    }

    private static String withoutUnpaired(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(isSurrogate(c) ? REPLACEMENT : c));
        return clean.toString();
    }

    /** As the value of a CloudEvents attribute, in which controls, noncharacters and unpaired surrogates are forbidden. */
    static String attribute(String text) {
        if (text.codePoints().noneMatch(Texts::isForbidden)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(isForbidden(c) ? REPLACEMENT : c));
        return clean.toString();
    }

    /** An enum's value as a word: without the prefix, in lower case. */
    static String word(String value, String prefix) {
        String word = value.startsWith(prefix) ? value.substring(prefix.length()) : value;
        return word.toLowerCase(Locale.ROOT);
    }

    private static boolean isPairAt(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint)
                || isSurrogate(codePoint)
                || codePoint >= 0xFDD0 && codePoint <= 0xFDEF
                || (codePoint & 0xFFFE) == 0xFFFE;
    }
}
