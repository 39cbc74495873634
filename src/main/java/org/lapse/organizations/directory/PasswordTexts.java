package org.lapse.organizations.directory;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** What is wrong with new passwords, in one language, from {@code passwords.properties}. */
final class PasswordTexts {
    private final Locale language;
    private final ResourceBundle texts;

    private PasswordTexts(Locale language) {
        this.language = language;
        this.texts = ResourceBundle.getBundle(
                "org.lapse.organizations.directory.passwords",
                language,
                Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    /** In German where that is wanted, otherwise in English. */
    static PasswordTexts in(Locale wanted) {
        return new PasswordTexts(
                wanted.getLanguage().equals(Locale.GERMAN.getLanguage()) ? Locale.GERMAN : Locale.ENGLISH);
    }

    /** A sentence, with the arguments in their places. */
    String text(String key, Object... arguments) {
        return new MessageFormat(texts.getString(key), language).format(arguments);
    }
}
