package org.lapse.architecture.planted.reasons.insight.audit;

import java.util.Optional;
import org.lapse.architecture.planted.reasons.sessions.session.EndReason;

class IsEqual {
    static boolean isForced(Optional<EndReason> reason) {
        return reason.filter(EndReason.FORCED::equals).isPresent();
    }
}
