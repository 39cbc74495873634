package org.lapse.architecture.planted.reasons.insight.audit;

import org.lapse.architecture.planted.reasons.sessions.session.EndReason;

class AsksTheReason {
    static boolean isLapse(EndReason reason) {
        return reason.isLapse();
    }
}
