package org.lapse.architecture.planted.reasons.audit;

import java.util.Optional;
import org.lapse.architecture.planted.reasons.session.EndReason;

class IsEqual {
    static boolean isForced(Optional<EndReason> reason) {
        return reason.filter(EndReason.FORCED::equals).isPresent();
    }
}
