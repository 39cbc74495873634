package org.lapse.access.account;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The sentences of the page in one language, from {@code texts.properties}. */
final class AccountTexts {
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final Locale language;
    private final ResourceBundle texts;

    private AccountTexts(Locale language) {
        this.language = language;
        this.texts = ResourceBundle.getBundle(
                "org.lapse.access.account.texts", language, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    /** In the first of those languages that there is; otherwise in English. */
    static AccountTexts in(List<Locale> wanted) {
        return new AccountTexts(wanted.stream()
                .map(locale -> Locale.forLanguageTag(locale.getLanguage()))
                .filter(LANGUAGES::contains)
                .findFirst()
                .orElse(Locale.ENGLISH));
    }

    /** The language. */
    Locale locale() {
        return language;
    }

    /** The language, as HTML names it. */
    String language() {
        return language.getLanguage();
    }

    /** A sentence, with the arguments in their places. */
    String text(String key, Object... arguments) {
        return new MessageFormat(texts.getString(key), language).format(arguments);
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    /** Those that stand on the page as they are, by the last part of their keys. */
    Map<String, String> onThePage() {
        Map<String, String> words = new HashMap<>();
        texts.keySet().stream()
                .filter(key -> key.startsWith("page."))
                .forEach(key -> words.put(key.substring("page.".length()), text(key)));
        return words;
    }

    /** How long ago something was. */
    String ago(Duration past) {
        return inWords("ago", past);
    }

    /** In how long something will be. */
    String ahead(Duration future) {
        return inWords("ahead", future);
    }

    /** One unit is enough, and never more than there is. */
    private String inWords(String direction, Duration duration) {
        if (duration.toMinutes() < 1) {
            return text(direction + ".now");
        }
        if (duration.toHours() < 1) {
            return text(direction + ".minutes", duration.toMinutes());
        }
        return duration.toDays() < 1
                ? text(direction + ".hours", duration.toHours())
                : text(direction + ".days", duration.toDays());
    }
}
