package org.lapse.organizations.directory;

/** Why a password may not be somebody's new one. */
public sealed interface PasswordObjection {
    /** One English sentence or two, which do not repeat the password. */
    String message();

    /**
     * It is too short or too long.
     *
     * @param shortest how many characters it has at least
     * @param longest how many it has at the most
     */
    record Length(int shortest, int longest) implements PasswordObjection {
        @Override
        public String message() {
            return "A password has at least " + shortest + " and at most " + longest + " characters.";
        }
    }

    /** It is common, or is made of what everybody knows of the user. */
    record EasyToGuess() implements PasswordObjection {
        @Override
        public String message() {
            return "This password is easy to guess: it is common, follows a pattern, or is made of the user's or the"
                    + " organization's name. Choose another, such as some words that have nothing to do with each"
                    + " other.";
        }
    }

    /**
     * The organization asks for more.
     *
     * @param message for what, in one English sentence
     */
    record Requirement(String message) implements PasswordObjection {}
}
