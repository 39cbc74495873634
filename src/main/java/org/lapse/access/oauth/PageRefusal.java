package org.lapse.access.oauth;

import java.util.Locale;
import org.lapse.platform.page.Messages;

/**
 * A request that is answered with a page, because nobody may be sent back. Its sentence is for people, in their
 * language; the {@code error_description} of OAuth is for programs, in ASCII.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1">RFC 6749, section 4.1.2.1</a>
 */
final class PageRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient Object[] arguments;

    /** The refusal that the messages have under that key. */
    PageRefusal(String key, Object... arguments) {
        super(Messages.text(key, arguments));
        this.key = key;
        this.arguments = arguments;
    }

    /** What the page says in that language. */
    String text(Locale language) {
        return Messages.text(language, key, arguments);
    }
}
