package org.lapse.platform.page;

import jakarta.servlet.http.HttpServletRequest;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The sentences of the pages, from {@code messages.properties}. */
public final class Messages {
    private static final String GERMAN = ".de";
    private static final ResourceBundle TEXTS =
            ResourceBundle.getBundle("org.lapse.platform.page.messages", Locale.ROOT);

    private Messages() {}

    /**
     * A sentence, with the arguments in their places.
     *
     * @throws java.util.MissingResourceException if there is no such sentence
     */
    public static String text(String key, Object... arguments) {
        return new MessageFormat(TEXTS.getString(key), Locale.ENGLISH).format(arguments);
    }

    /**
     * The same in German or English, for the sentences that are there in both.
     *
     * @param language {@link #languageOf} a request
     */
    public static String text(Locale language, String key, Object... arguments) {
        return text(language.equals(Locale.GERMAN) ? key + GERMAN : key, arguments);
    }

    /**
     * The words of a page in German or English, by what follows the name of the page in their keys.
     *
     * @param page with what their keys begin
     * @param arguments for each of them
     */
    public static Map<String, String> words(Locale language, String page, Object... arguments) {
        String prefix = page + ".";
        return TEXTS.keySet().stream()
                .filter(key -> key.startsWith(prefix) && !key.endsWith(GERMAN))
                .collect(
                        Collectors.toMap(key -> key.substring(prefix.length()), key -> text(language, key, arguments)));
    }

    /** German where the browser asks for that first, otherwise English. */
    public static Locale languageOf(HttpServletRequest request) {
        boolean german = request.getHeader("Accept-Language") != null
                && Locale.GERMAN.getLanguage().equals(request.getLocale().getLanguage());
        return german ? Locale.GERMAN : Locale.ENGLISH;
    }
}
