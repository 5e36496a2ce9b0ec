package io.github.camelgitpod.transform;

import io.github.camelgitpod.transform.Tables.Verb;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the verb in an action, which is free text for people. The leftmost participle counts; {@code read}, also an adjective,
 * only if there is no other; then an imperative at the beginning. A text that says that nothing was done has no verb.
 */
final class ActionText {
    private static final Set<String> DENIALS = Set.of("not", "cannot", "failed", "denied", "rejected", "unable");
    private static final int LONGEST_WORD = 9;

    private final String text;
    private int end;

    private ActionText(String text) {
        this.text = text;
    }

    /** @param text null: there is none */
    static Verb verb(String text) {
        return text == null ? Verb.OTHER : new ActionText(text).verb();
    }

    private Verb verb() {
        Verb participle = null;
        Verb imperative = null;
        boolean read = false;
        boolean first = true;
        for (String word = next(); word != null; word = next()) {
            if (DENIALS.contains(word)) {
                return Verb.OTHER;
            }
            if (word.equals("logged") || first && word.equals("log")) {
                word = withParticle(word);
            }
            if (participle == null) {
                participle = Tables.PARTICIPLES.get(word);
            }
            if (first) {
                imperative = Tables.IMPERATIVES.get(word);
            }
            read |= word.equals("read");
            first = false;
        }
        if (participle != null) {
            return participle;
        }
        if (read) {
            return Verb.READ;
        }
        return imperative == null ? Verb.OTHER : imperative;
    }

    /** The next word in lower case; empty for one that is longer than all that matter; null at the end. */
    private String next() {
        int begin = end;
        while (begin < text.length() && !isPartOfWord(text.codePointAt(begin))) {
            begin += Character.charCount(text.codePointAt(begin));
        }
        if (begin == text.length()) {
            return null;
        }
        end = begin;
        while (end < text.length() && isPartOfWord(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end - begin > LONGEST_WORD ? "" : text.substring(begin, end).toLowerCase(Locale.ROOT);
    }

    /** With the word {@code in} or {@code out}, if that follows after nothing but white space. */
    private String withParticle(String word) {
        int before = end;
        String following = next();
        if (following != null
                && (following.equals("in") || following.equals("out"))
                && text.substring(before, end - following.length()).isBlank()) {
            return word + " " + following;
        }
        end = before;
        return word;
    }

    private static boolean isPartOfWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || codePoint == '_' || codePoint == '-';
    }
}
