package org.lapse.architecture.planted.reasons.audit;

import org.lapse.architecture.planted.reasons.session.EndReason;
import org.lapse.architecture.planted.reasons.session.Sessions;

class EndsForAReason {
    static Sessions end() {
        return new Sessions(EndReason.FORCED);
    }
}
