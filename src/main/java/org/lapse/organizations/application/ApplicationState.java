package org.lapse.organizations.application;

import java.util.Locale;
import java.util.Optional;

/** Whether an application may have tokens at all. */
public enum ApplicationState {
    /** It may. */
    ACTIVE,
    /** It may not: its tokens end and it gets no new ones. */
    DISABLED,
    /** It may not either; the vendor's other word for it. */
    INACTIVE;

    /** The vendor's name for it: {@code active}, {@code disabled} or {@code inactive}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ApplicationState> ofWireName(String wireName) {
        return switch (wireName) {
            case "active" -> Optional.of(ACTIVE);
            case "disabled" -> Optional.of(DISABLED);
            case "inactive" -> Optional.of(INACTIVE);
            default -> Optional.empty();
        };
    }
}
