package org.lapse.architecture.planted.reasons.audit;

import org.lapse.architecture.planted.reasons.session.EndReason;

class Switches {
    static String word(EndReason reason) {
        return switch (reason) {
            case FORCED -> "forced";
            case INACTIVITY -> "inactivity";
        };
    }
}
