package org.lapse.architecture.planted.reasons.insight.audit;

import org.lapse.architecture.planted.reasons.sessions.session.EndReason;

class IsAnother {
    static boolean isForced(EndReason reason) {
        return !(EndReason.FORCED != reason);
    }
}
