package org.lapse.insight.delivery;

import java.util.Locale;

/** What became of an attempt to deliver something. */
enum DeliveryOutcome {
    /** The receiver has it. */
    DELIVERED(true),
    /** The receiver will not have it, however often it is sent. */
    REFUSED(true),
    /** It was tried for as long as it is worth. */
    GIVEN_UP(true),
    /** Its receiver wants to hear of nothing any more. */
    DROPPED(true),
    /** It is sent again later. */
    FAILED(false);

    private final boolean over;

    DeliveryOutcome(boolean over) {
        this.over = over;
    }

    /** Whether it is not sent any more. */
    boolean isOver() {
        return over;
    }

    /** The name in metrics and on the wire. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
