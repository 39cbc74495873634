package org.lapse.application;

import java.util.Locale;

/** Whether an application may have tokens at all. */
public enum ApplicationState {
    /** It may. */
    ACTIVE,
    /** It may not: its tokens end and it gets no new ones. */
    DISABLED;

    /** The vendor's name for it: {@code active} or {@code disabled}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
