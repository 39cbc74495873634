package org.lapse.platform.page;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of the pages, from {@code messages.properties}. */
public final class Messages {
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
}
