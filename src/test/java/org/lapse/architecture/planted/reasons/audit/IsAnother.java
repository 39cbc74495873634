package org.lapse.architecture.planted.reasons.audit;

import org.lapse.architecture.planted.reasons.session.EndReason;

class IsAnother {
    static boolean isForced(EndReason reason) {
        return !(EndReason.FORCED != reason);
    }
}
