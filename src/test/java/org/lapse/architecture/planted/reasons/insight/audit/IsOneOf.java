package org.lapse.architecture.planted.reasons.insight.audit;

import java.util.Set;
import org.lapse.architecture.planted.reasons.sessions.session.EndReason;

class IsOneOf {
    static final Set<EndReason> FORGOTTEN = Set.of(EndReason.FORCED, EndReason.INACTIVITY);
}
