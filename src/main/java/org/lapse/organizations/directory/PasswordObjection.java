package org.lapse.organizations.directory;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a password may not be somebody's new one. */
public sealed interface PasswordObjection {
    /**
     * One sentence or two, which do not repeat the password.
     *
     * @param language German and English are known; who wants another gets English
     */
    String message(Locale language);

    /**
     * It is too short or too long.
     *
     * @param shortest how many characters it has at least
     * @param longest how many it has at the most
     */
    record Length(int shortest, int longest) implements PasswordObjection {
        @Override
        public String message(Locale language) {
            return PasswordTexts.in(language).text("length", shortest, longest);
        }
    }

    /** It is common, or is made of what everybody knows of the user. */
    record EasyToGuess() implements PasswordObjection {
        @Override
        public String message(Locale language) {
            return PasswordTexts.in(language).text("easy");
        }
    }

    /**
     * The organization asks for more.
     *
     * @param missing what there is too little of
     */
    record Requirement(List<Missing> missing) implements PasswordObjection {
        @Override
        public String message(Locale language) {
            PasswordTexts texts = PasswordTexts.in(language);
            return texts.text(
                    "requirement",
                    missing.stream()
                            .map(one -> texts.text(one.kind().key(), one.atLeast()))
                            .collect(Collectors.joining(", ")));
        }
    }

    /**
     * What there is too little of.
     *
     * @param atLeast how many are asked for
     * @param kind of what
     */
    record Missing(int atLeast, Kind kind) {}

    /** The kinds of characters that an organization may ask for. */
    enum Kind {
        /** Any. */
        CHARACTERS,
        /** Digits. */
        DIGITS,
        /** Letters of any script. */
        LETTERS,
        /** Upper-case letters. */
        UPPER,
        /** Lower-case letters. */
        LOWER,
        /** What is neither a letter nor a digit. */
        SPECIALS;

        String key() {
            return "kind." + name().toLowerCase(Locale.ROOT);
        }
    }
}
