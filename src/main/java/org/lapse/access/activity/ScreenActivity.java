package org.lapse.access.activity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;

/**
 * What counts as activity at screen level, whatever application has the focus.
 *
 * @see <a href="https://docs.genesys.com/Documentation/System/latest/SDG/InactivityTimeout">Genesys Security Deployment
 *     Guide, Inactivity Timeout</a>
 */
enum ScreenActivity {
    /** The pointer was moved or clicked. */
    POINTER("pointer"),
    /** A key was pressed. */
    KEY("key"),
    /** Something was scrolled. */
    SCROLL("scroll"),
    /** A window became active or inactive. */
    WINDOW("window"),
    /** A warning of the operating system's own timeout was acknowledged. */
    SYSTEM_WARNING("systemWarning"),
    /** A progress indicator is shown, and watching it is not inactivity; but nobody need be there. */
    PROGRESS("progress");

    private final String wireName;

    ScreenActivity(String wireName) {
        this.wireName = wireName;
    }

    static ScreenActivity ofWire(String field, @Nullable String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> ApiException.invalidValue(
                        field, "What is seen is one of pointer, key, scroll, window, systemWarning, progress."));
    }
}
