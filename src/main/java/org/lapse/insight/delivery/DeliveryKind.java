package org.lapse.insight.delivery;

import java.util.Locale;

/** What is delivered. */
enum DeliveryKind {
    /** A logout token to an application (OpenID Connect Back-Channel Logout 1.0). */
    LOGOUT;

    /** The name in metrics and on the wire. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
