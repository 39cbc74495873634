package org.lapse.architecture.planted.reasons.insight.audit;

import org.lapse.architecture.planted.reasons.sessions.session.EndReason;
import org.lapse.architecture.planted.reasons.sessions.session.Sessions;

class EndsForAReason {
    static Sessions end() {
        return new Sessions(EndReason.FORCED);
    }
}
