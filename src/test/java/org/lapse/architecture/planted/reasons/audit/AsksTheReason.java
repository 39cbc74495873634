package org.lapse.architecture.planted.reasons.audit;

import org.lapse.architecture.planted.reasons.session.EndReason;

class AsksTheReason {
    static boolean isLapse(EndReason reason) {
        return reason.isLapse();
    }
}
