package org.lapse.architecture.planted.reasons.insight.audit;

import org.lapse.architecture.planted.reasons.sessions.session.EndReason;

class Switches {
    static String word(EndReason reason) {
        return switch (reason) {
            case FORCED -> "forced";
            case INACTIVITY -> "inactivity";
        };
    }
}
