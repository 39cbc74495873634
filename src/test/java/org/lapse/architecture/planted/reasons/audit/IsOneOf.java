package org.lapse.architecture.planted.reasons.audit;

import java.util.Set;
import org.lapse.architecture.planted.reasons.session.EndReason;

class IsOneOf {
    static final Set<EndReason> FORGOTTEN = Set.of(EndReason.FORCED, EndReason.INACTIVITY);
}
