package org.lapse.architecture.planted.reasons.audit;

import org.lapse.architecture.planted.reasons.session.EndReason;

class IsTheSame {
    static boolean isForced(EndReason reason) {
        return reason == EndReason.FORCED;
    }
}
