package org.lapse.architecture.planted.reasons.insight.audit;

import org.lapse.architecture.planted.reasons.sessions.session.EndReason;

class IsTheSame {
    static boolean isForced(EndReason reason) {
        return reason == EndReason.FORCED;
    }
}
