package org.lapse.architecture.planted.reasons.insight.audit;

import jakarta.persistence.TypedQuery;
import org.lapse.architecture.planted.reasons.sessions.session.EndReason;

class IsInAQuery {
    static TypedQuery<Long> forced(TypedQuery<Long> query) {
        return query.setParameter("reason", EndReason.FORCED);
    }
}
